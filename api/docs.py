"""The page about the API, made from its OpenAPI schema so that the two cannot disagree."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from api.application import TOPICS, api
from api.parameters import MOST_ROWS
from markup.slugs import slugify

_REFERENCE = "#/components/schemas/"


@dataclass(frozen=True)
class Parameter:
    """limits: the default and the bounds, in sentences."""

    name: str
    description: str
    limits: str


@dataclass(frozen=True)
class Property:
    """A key of an answer; of a list, of its members."""

    name: str
    description: str


@dataclass(frozen=True)
class Endpoint:
    """path: as in the schema, "/api/v1/acts/{slug}". example: an address that answers."""

    tag: str
    path: str
    summary: str
    description: str
    parameters: list[Parameter]
    properties: list[Property]
    example: str

    @property
    def anchor(self) -> str:
        return slugify(self.summary)

    @property
    def path_parts(self) -> list[str]:
        return _breakable(self.path)

    @property
    def example_parts(self) -> list[str]:
        return _breakable(self.example)


@dataclass(frozen=True)
class Topic:
    """Endpoints under one heading."""

    name: str
    endpoints: list[Endpoint]

    @property
    def anchor(self) -> str:
        return f"om-{slugify(self.name)}"


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    found = list(endpoints())
    topics = (Topic(tag, [endpoint for endpoint in found if endpoint.tag == tag]) for tag in TOPICS)
    context = {
        "steps": [("Om Hjemvej", reverse("library:about"))],
        "openapi_url": reverse("api:v1:openapi-json"),
        "topics": list(topics),
        "most_rows": MOST_ROWS,
    }
    return render(request, "api/docs.html", context)


def endpoints() -> Iterator[Endpoint]:
    """Everything that can be asked for, in the order of the schema."""
    schema = api.get_openapi_schema()
    for path, methods in schema["paths"].items():
        operation = methods["get"]
        given = operation["parameters"]
        yield Endpoint(
            tag=operation["tags"][0],
            path=path,
            summary=operation["summary"],
            description=operation["description"],
            parameters=[
                Parameter(parameter["name"], parameter["schema"].get("description", ""), _limits(parameter["schema"]))
                for parameter in given
            ],
            properties=_properties(schema, operation),
            example=_example(path, given),
        )


def _breakable(address: str) -> list[str]:
    """The pieces between which a long address may be broken on a small screen."""
    return re.split(r"(?<=[/?&+])", address)


def _limits(schema: Mapping[str, Any]) -> str:
    sentences = []
    if "default" in schema and schema["default"] not in ("", []):
        sentences.append(f"{schema['default']}, hvis det ikke gives.")
    if "maximum" in schema:
        sentences.append(f"Fra {schema['minimum']} til {schema['maximum']}.")
    return " ".join(sentences)


def _properties(schema: Mapping[str, Any], operation: Mapping[str, Any]) -> list[Property]:
    answer = _resolved(schema, operation["responses"][200]["content"]["application/json"]["schema"])
    results = answer["properties"].get("results")
    if results:
        answer = _resolved(schema, results["items"])
    return [Property(name, details.get("description", "")) for name, details in answer["properties"].items()]


def _resolved(schema: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    """`part`, or the component that it refers to."""
    reference = part.get("$ref", "").removeprefix(_REFERENCE)
    found: Mapping[str, Any] = schema["components"]["schemas"][reference] if reference else part
    return found


def _example(path: str, parameters: list[Mapping[str, Any]]) -> str:
    examples = {parameter["name"]: parameter.get("example") for parameter in parameters}
    address = path
    for parameter in parameters:
        if parameter["in"] == "path":
            address = address.replace(f"{{{parameter['name']}}}", str(examples.pop(parameter["name"])))
    query = urlencode({name: example for name, example in examples.items() if example}, doseq=True)
    return f"{address}?{query}" if query else address
