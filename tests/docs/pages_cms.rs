//! The forms of Pages CMS: YAML that it accepts, with a field for every key.

use std::path::Path;
use std::process::Command;

use caseloom::content::shapes::{PAGE, REVIEW, STUDY};
use caseloom::diagnostics::Sink;
use caseloom::source::yaml::{self, Limits};
use serde_json::Value;

fn forms() -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_caseloom"))
        .args(["schema", "--pages-cms", "--root"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("text");
    let limits = Limits {
        depth: 32,
        nodes: 100_000,
    };
    let mut sink = Sink::new(&".pages.yml".into());
    let node = yaml::parse(&text, 0, limits, &mut sink).expect("YAML");
    let found = sink.into_diagnostics();
    assert!(found.is_empty(), "{found:?}");
    node.value.to_json()
}

fn names(fields: &Value) -> Vec<&str> {
    let fields = fields.as_array().expect("a list of fields");
    fields
        .iter()
        .map(|field| field["name"].as_str().expect("a name"))
        .collect()
}

fn field<'v>(fields: &'v Value, name: &str) -> &'v Value {
    let fields = fields.as_array().expect("a list of fields");
    let found = fields.iter().find(|field| field["name"] == name);
    found.unwrap_or_else(|| panic!("no field {name}"))
}

#[test]
fn every_key_has_a_field() {
    let forms = forms();
    let shapes = [("studies", STUDY), ("reviews", REVIEW), ("pages", PAGE)];
    let collections = forms["content"].as_array().expect("collections");
    assert_eq!(collections.len(), shapes.len());
    for (collection, (name, shape)) in collections.iter().zip(shapes) {
        assert_eq!(collection["name"], name);
        assert_eq!(collection["type"], "collection");
        assert_eq!(collection["path"], format!("content/{name}"));
        let mut keys: Vec<&str> = shape.names().collect();
        keys.push("body");
        assert_eq!(names(&collection["fields"]), keys);
        for key in shape.keys {
            let field = field(&collection["fields"], key.name);
            assert_eq!(field["required"] == true, key.required, "{}", key.name);
            assert_eq!(field["description"], key.about);
        }
    }
}

#[test]
fn fields_have_the_types_and_attributes_that_pages_cms_knows() {
    const KNOWN: &[&str] = &[
        "name",
        "label",
        "description",
        "type",
        "required",
        "list",
        "options",
        "fields",
        "pattern",
    ];
    const TYPES: &[&str] = &[
        "string", "text", "date", "boolean", "number", "select", "object", "code",
    ];
    let forms = forms();
    let collections = forms["content"].as_array().expect("collections");
    let mut open: Vec<&Value> = collections.iter().map(|one| &one["fields"]).collect();
    while let Some(fields) = open.pop() {
        for field in fields.as_array().expect("a list of fields") {
            let name = &field["name"];
            for key in field.as_object().expect("a field").keys() {
                assert!(KNOWN.contains(&key.as_str()), "{key} of {name}");
            }
            let kind = field["type"].as_str().expect("a type");
            assert!(TYPES.contains(&kind), "{kind} of {name}");
            match kind {
                "object" => open.push(&field["fields"]),
                "select" => {
                    let values = field["options"]["values"].as_array().expect("values");
                    assert!(!values.is_empty(), "{name}");
                    assert!(
                        values
                            .iter()
                            .all(|value| value["value"].is_string() && value["label"].is_string()),
                        "{name}"
                    );
                }
                _ => {}
            }
        }
    }
}

#[test]
fn choices_are_those_of_the_vocabulary() {
    let forms = forms();
    let studies = &forms["content"][0]["fields"];
    let has = |field: &Value, id: &str| {
        let values = field["options"]["values"].as_array().expect("values");
        values.iter().any(|value| value["value"] == id)
    };
    let systems = field(studies, "ics");
    assert_eq!(systems["options"]["multiple"], true);
    assert!(has(systems, "north-east-london"));
    let enablers = field(studies, "enablers");
    assert_eq!(enablers["list"], true);
    assert!(has(field(&enablers["fields"], "factor"), "trust"));
    assert_eq!(field(studies, "published")["type"], "date");
    assert_eq!(field(studies, "outcomes")["list"], true);
}
