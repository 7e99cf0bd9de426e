#!/usr/bin/env python3
"""Turns a generated library into the content of a site of Hugo: to_hugo.py LIBRARY SITE OUT

LIBRARY is what benches/corpus.rs made, SITE is what caseloom made of it, and OUT is a folder that is not there yet.
A study keeps every byte. Hugo groups pages by flat keys, so three lines come in front of its own front matter: its themes
(also those that its factors bring along), factors and systems. They are taken from the site's data, as are the names in
the vocabulary: both sites then have the same tags, and no YAML is read here.
"""

import json
import shutil
import sys
from pathlib import Path

FENCE = b"---\n"


def main(library, site, out):
    shutil.copytree(Path(__file__).parent / "hugo", out)
    records = {study["slug"]: study for study in json.loads((site / "data/studies.json").read_bytes())["studies"]}
    vocabulary = json.loads((site / "data/vocabulary.json").read_bytes())

    for source in sorted((library / "content/studies").rglob("*.md")):
        record = records.pop(source.stem, None)
        if record is None:
            sys.exit(f"to_hugo.py: the site has no study {source.stem}")
        cited = [entry["factor"] for side in ("enablers", "barriers", "mixed") for entry in record[side]]
        write(
            out / source.relative_to(library),
            source.read_bytes(),
            {"theme": record["themes"], "factor": sorted(set(cited)), "system": record["ics"]},
        )
    if records:
        sys.exit(f"to_hugo.py: the library has no file of the study {min(records)}")
    for source in sorted((library / "content/reviews").rglob("*.md")):
        write(out / source.relative_to(library), source.read_bytes(), {})

    for folder, title in {"studies": "Case studies", "reviews": "Reviews"}.items():
        write(out / "content" / folder / "_index.md", FENCE + FENCE, {"title": title})
    for key, title in {"theme": "Themes", "factor": "Factors", "system": "Systems"}.items():
        write(out / "content" / key / "_index.md", FENCE + FENCE, {"title": title})
        for term in vocabulary[f"{key}s"]:
            keys = {"title": term["label"], "summary": term.get("definition", "")}
            if key == "theme":
                keys["outputs"] = ["html", "rss"]
            write(out / "content" / key / term["id"] / "_index.md", FENCE + FENCE, keys)


def write(path, text, keys):
    """Writes a page with more keys in front of its front matter. JSON on one line is YAML."""
    if not text.startswith(FENCE):
        sys.exit(f"to_hugo.py: {path} has no front matter")
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(FENCE + lines.encode() + text[len(FENCE) :])


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
