"""What the benchmark searches for."""

from bench.mix import judged_queries


def test_queries_are_those_of_the_judgements() -> None:
    queries = judged_queries()
    assert len(queries) > 200
    assert "boligfastholdelse" in queries
    assert not [query for query in queries if query.startswith("#") or "\t" in query]
