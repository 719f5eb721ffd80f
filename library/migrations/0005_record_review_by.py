from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0004_tombstone_reason")]

    operations = [
        migrations.AddField(
            model_name="record",
            name="review_by",
            field=models.DateField(blank=True, null=True, verbose_name="gennemgås senest"),
        ),
    ]
