from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0002_initial")]

    operations = [
        migrations.AddField(
            model_name="record",
            name="search_words",
            field=models.JSONField(blank=True, default=list, verbose_name="søgeord"),
        ),
    ]
