#!/usr/bin/env python3
"""Writes the reference in docs/flows.md from the descriptions in the flow schema, which editors show too.

    docs/reference.py           rewrites what stands between the markers
    docs/reference.py --check   says whether it is up to date, and changes nothing
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def without_comments(part):
    """Every object may hold a "$comment", which is said once."""
    if isinstance(part, list):
        return [without_comments(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {name: without_comments(one) for name, one in part.items() if name != "$comment"}
    if kept.get("properties") == {}:
        del kept["properties"]
    return kept


SCHEMA = without_comments(json.loads((ROOT / "flows/schema/answerback-flow.v1.schema.json").read_text(encoding="utf-8")))
DOCUMENT = ROOT / "docs/flows.md"
BEGIN = "<!-- written by docs/reference.py from flows/schema/answerback-flow.v1.schema.json: do not edit -->\n"
END = "<!-- end of what docs/reference.py writes -->\n"

# What the definitions are called where a member has one as its value.
WORDS = {
    "name": "a name", "reason": "a reason", "language": "a language", "duration": "a duration", "text": "a text", "phrase": "a phrase",
    "phrases": "phrases", "keywords": "phrases", "target": "a step or an outcome", "next": "a step, an outcome, or branches",
    "branches": "branches", "condition": "a condition", "scalar": "a text, number, true or false", "assigned": "a text, number, true or false",
    "step": "a step", "anytime": "an entry", "unclear": "see below", "silent": "see below", "hours": "see below", "triggers": "see below",
    "expect": "see below", "date": "a date", "date_bound": "`\"today\"` or a date", "pause": "see below", "request": "see below",
    "country": "`US CA GB ES FR MX`", "comment": "`$comment`", "retorts": "a text, or a list of texts, one for each try", "path": "a path",
    "calculation": "a calculation", "operand": "a number, a path or a calculation", "listening": "an object, see below", "failure": "an entry",
    "name_key": "a name", "language_key": "a language", "labels": "a text", "synonyms": "phrases", "phrase_list": "phrases",
}


def definition(reference):
    return SCHEMA["definitions"][reference.rsplit("/", 1)[1]]


# Said once, above the tables.
SAID_ONCE = ["text", "name", "reason", "duration", "condition", "comment"]


def described(part):
    """What a member means: its own description, else that of what it refers to."""
    if "description" in part:
        return part["description"]
    if "$ref" not in part or part["$ref"].rsplit("/", 1)[1] in SAID_ONCE:
        return ""
    return definition(part["$ref"]).get("description", "")


def bounds(part, low, high):
    least, most = part.get(low), part.get(high)
    if least is not None and most is not None:
        return f", {least:,} to {most:,}"
    return f", at most {most:,}" if most is not None else ""


def plural(words):
    head = words.removeprefix("an ").removeprefix("a ")
    return {"entry": "entries"}.get(head, head + "s") if head != words else words


def value(part):
    """What may stand there, in few words."""
    if "$ref" in part:
        return WORDS.get(part["$ref"].rsplit("/", 1)[1]) or value(definition(part["$ref"]))
    if "const" in part:
        return f"`{json.dumps(part['const'])}`"
    if "enum" in part:
        return "`" + " ".join(str(one) for one in part["enum"]) + "`"
    if "oneOf" in part:
        return " or ".join(dict.fromkeys(value(one) for one in part["oneOf"]))
    kind = part.get("type", "any JSON")
    if isinstance(kind, list):
        return " or ".join(kind)
    if kind == "array":
        return f"a list of {plural(value(part['items']))}" + bounds(part, "minItems", "maxItems")
    if kind == "object":
        most = part.get("maxProperties")
        return "an object" + (f" of at most {most:,} members" if most else "")
    return {"boolean": "true or false", "integer": "a whole number" + bounds(part, "minimum", "maximum"),
            "number": "a number", "string": "a text" + bounds(part, "minLength", "maxLength")}.get(kind, kind)


def cell(text):
    return text.replace("|", "\\|")


def members_table(part):
    lines = ["| member | value | |", "|---|---|---|"]
    for name, member in part["properties"].items():
        notes = [described(member)]
        if name in part.get("required", []):
            notes.insert(0, "Required.")
        if "default" in member:
            notes.append(f"Left out: `{json.dumps(member['default'])}`.")
        lines.append(f"| `{name}` | {cell(value(member))} | {cell(' '.join(note for note in notes if note))} |")
    return "\n".join(lines) + "\n"


def variants(part):
    """The objects that a definition may be."""
    return [part] if part.get("properties") else [one for one in part.get("oneOf", []) if one.get("properties")]


def merged(part):
    """One table of members for a definition with several forms."""
    forms = variants(part)
    properties = {}
    for form in forms:
        for name, member in form["properties"].items():
            if member.get("const") is not False:
                properties.setdefault(name, member)
    required = [name for name in forms[0].get("required", []) if all(name in form.get("required", []) for form in forms)]
    return {"properties": properties, "required": required}


def steps():
    text = ""
    for reference in SCHEMA["definitions"]["step"]["oneOf"]:
        verb = reference["$ref"].rsplit("/", 1)[1]
        part = definition(reference["$ref"])
        if verb == "ending":
            text += "\n#### `complete` `bail` `discard`\n\nAlone in a step they end the conversation, each with its reason.\n"
            continue
        text += f"\n#### `{verb}`\n\n{part['description']}\n\n{members_table(part)}"
        inner = {"call": ("request", "What `call` holds:"), "wait": ("pause", "What `wait` holds, `for` or `until`:")}.get(verb)
        if inner:
            text += f"\n{inner[1]}\n\n{members_table(merged(SCHEMA['definitions'][inner[0]]))}"
        if verb == "run":
            text += f"\nEach entry of a list in `failed`:\n\n{members_table(SCHEMA['definitions']['failure'])}"
        if verb == "wait":
            text += f"\nWhat `reply` holds where it is no target:\n\n{members_table(SCHEMA['definitions']['listening'])}"
        if verb == "split":
            way = variants(part["properties"]["split"]["additionalProperties"])[0]
            text += f"\nEach way is the name of a step, or:\n\n{members_table(way)}"
    return text


def kind_options(part):
    part = definition(part["$ref"]) if "$ref" in part else part
    names = []
    for form in variants(part):
        names += [f"`{name}`" + (f" ({member['description'].rstrip('.')})" if "description" in member else "")
                  for name, member in form["properties"].items() if name != "confirm"]
    return ", ".join(dict.fromkeys(names))


def kinds():
    expect = SCHEMA["definitions"]["expect"]
    text = f"{expect['description']} All kinds take `confirm`: {SCHEMA['definitions']['confirm']['description'][0].lower()}{SCHEMA['definitions']['confirm']['description'][1:]}\n\n"
    text += "| kind | options | the answer |\n|---|---|---|\n"
    for name, part in expect["oneOf"][1]["properties"].items():
        text += f"| `{name}` | {cell(kind_options(part))} | {cell(described(part))} |\n"
    return text


def inner_description(part):
    first = part.get("oneOf", [{}])[0]
    return definition(first["$ref"]).get("description", "") if "$ref" in first else ""


def reference():
    definitions = SCHEMA["definitions"]
    text = BEGIN + "Where a table says *a name* and the like:\n\n| | |\n|---|---|\n"
    for name in SAID_ONCE:
        text += f"| {WORDS[name]} | {cell(' '.join(dict.fromkeys([definitions[name]['description'], inner_description(definitions[name])])).strip())} |\n"
    text += f"\n### The flow\n\n{members_table(SCHEMA)}"
    text += f"\n### Steps\n{steps()}"
    text += f"\n### Kinds of `expect`\n\n{kinds()}"
    text += f"\n### A branch\n\n{members_table(definitions['branch'])}"
    for name in ("unclear", "silent", "triggers", "hours"):
        part = definitions[name]
        text += f"\n### `{name}`\n\n{described(part)}\n\n{members_table(part)}"
        if name == "silent":
            text += f"\nEach entry of `remind`:\n\n{members_table(part['properties']['remind']['items'])}"
    text += f"\n### An entry of `anytime`\n\n{members_table(merged(definitions['anytime']))}"
    return text + END


def main():
    document = DOCUMENT.read_text(encoding="utf-8")
    begin, end = document.find(BEGIN), document.find(END)
    if begin < 0 or end < begin:
        sys.exit(f"{DOCUMENT}: the markers are missing")
    wanted = document[:begin] + reference() + document[end + len(END):]
    if "--check" not in sys.argv[1:]:
        DOCUMENT.write_text(wanted, encoding="utf-8")
    elif wanted != document:
        sys.exit(f"{DOCUMENT}: the reference is not what the schema says; run docs/reference.py")


if __name__ == "__main__":
    main()
