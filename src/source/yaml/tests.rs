//! What YAML becomes, and what is said of YAML that can't be read.

use super::*;
use proptest::prelude::*;
use std::sync::Arc;

const LIMITS: Limits = Limits {
    depth: 16,
    nodes: 5_000,
};

fn sink() -> Sink {
    Sink::new(&Arc::from("x.yaml"))
}

fn tree(yaml: &str) -> Spanned<Node<'_>> {
    let mut sink = sink();
    let node = parse(yaml, 0, LIMITS, &mut sink);
    assert_eq!(sink.into_diagnostics(), []);
    node.expect("readable")
}

fn problem(yaml: &str) -> (String, usize) {
    let mut sink = sink();
    assert!(parse(yaml, 0, LIMITS, &mut sink).is_none());
    let diagnostics = sink.into_diagnostics();
    assert_eq!(diagnostics.len(), 1);
    (diagnostics[0].message.clone(), diagnostics[0].span.start)
}

/// Every plain scalar's span is its own text.
fn check_spans(yaml: &str, node: &Spanned<Node<'_>>) {
    match &node.value {
        Node::Scalar { text, plain } => {
            if *plain && !text.contains(' ') {
                assert_eq!(&yaml[node.span.clone()], text.as_ref());
            }
        }
        Node::Lost { .. } => panic!("all of it can be read"),
        Node::Seq(items) => items.iter().for_each(|item| check_spans(yaml, item)),
        Node::Map(entries) => {
            for (key, value) in entries {
                assert_eq!(
                    yaml[key.span.clone()].trim_matches(['"', '\'']),
                    key.value.as_ref()
                );
                check_spans(yaml, value);
            }
        }
    }
}

#[test]
fn every_key_and_value_knows_its_bytes() {
    for yaml in [
        "a: 1\nb:\n  - x\n  - {c: é, d: [e, f]}\n",
        "a: 1\r\nb:\r\n  - x\r\n",
        "\"a\": 'q'\nf: >\n  folded\n  text\ng: end\n",
    ] {
        check_spans(yaml, &tree(yaml));
    }
}

#[test]
fn a_block_list_ends_with_its_last_item() {
    let yaml = "a:\n  - x\n  - y\n\nb: 1\n";
    let Node::Map(entries) = tree(yaml).value else {
        panic!("a map");
    };
    assert_eq!(&yaml[entries[0].1.span.clone()], "- x\n  - y");
}

#[test]
fn no_value_is_null_and_an_empty_document_an_empty_map() {
    let Node::Map(entries) = tree("a:\nb: ~\nc: ''\n").value else {
        panic!("a map");
    };
    let nulls: Vec<_> = entries
        .iter()
        .map(|(_, value)| value.value.is_null())
        .collect();
    assert_eq!(nulls, [true, true, false]);
    assert_eq!(tree("").value, Node::Map(Vec::new()));
    assert_eq!(tree("# only a comment\n").value, Node::Map(Vec::new()));
}

#[test]
fn the_real_cause_of_broken_yaml_is_named() {
    assert_eq!(
        problem("a: 1\nb:\n\t- x\n"),
        (
            "a line is indented with spaces here, not with a tab".to_owned(),
            8
        )
    );
    assert_eq!(
        problem("title: \"One door\nsummary: x\nplace: y\n"),
        ("this quotation mark is never closed".to_owned(), 7)
    );
    assert_eq!(
        problem("title: One office: one team\nsummary: x\n"),
        (
            "text with a colon and a space must stand in quotes".to_owned(),
            17
        )
    );
}

#[test]
fn text_that_yaml_would_misread_is_explained() {
    let quotes = "this text must stand in quotes as a whole";
    for (yaml, message, at) in [
        (
            "a: @home\n",
            "text that begins with @ must stand in quotes",
            3,
        ),
        ("a: \"Quoted\" she said\n", quotes, 3),
        ("l:\n  - 'one' two\n", quotes, 7),
    ] {
        assert_eq!(problem(yaml), (message.to_owned(), at), "{yaml}");
    }
}

#[test]
fn a_comment_that_cuts_text_is_noted() {
    let mut sink = sink();
    parse("a: Room #3\nb: x # fine\nc: 1 #\n", 0, LIMITS, &mut sink);
    let spans: Vec<_> = sink
        .into_diagnostics()
        .into_iter()
        .map(|diagnostic| (diagnostic.rule.name, diagnostic.span))
        .collect();
    assert_eq!(spans, [("comment-in-value", 8..10)]);
}

#[test]
fn anchors_aliases_tags_and_second_documents_are_refused() {
    for yaml in [
        "a: &x 1\nb: *x\n",
        "a: *y\n",
        "a: !!str 1\n",
        "a: 1\n---\nb: 2\n",
        "[a]: 1\n",
    ] {
        let mut sink = sink();
        assert!(parse(yaml, 0, LIMITS, &mut sink).is_none(), "{yaml}");
        assert_eq!(sink.into_diagnostics().len(), 1, "{yaml}");
    }
}

#[test]
fn depth_and_size_are_limited() {
    let deep = |levels| format!("a: {}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(problem(&deep(40)).0.contains("nested more than 16 deep"));
    // The parser has a limit of its own, far above ours.
    problem(&deep(20_000));
    let long = format!("a: [{}]", "x,".repeat(6_000));
    assert!(problem(&long).0.contains("more than 5000 values"));
}

/// What is left of a document, as data, and the places of its slips.
fn in_parts(yaml: &str) -> (serde_json::Value, Vec<usize>) {
    let mut sink = sink();
    let reading = parse_in_parts(yaml, 0, LIMITS, &mut sink).expect("not refused");
    let slips = sink.into_diagnostics();
    assert_eq!(reading.whole, slips.is_empty());
    let places = slips.iter().map(|slip| slip.span.start).collect();
    (reading.tree.value.to_json(), places)
}

#[test]
fn a_slip_costs_no_more_than_its_own_key() {
    let (value, places) = in_parts("a: 1\nb: x: y\nc: 2\nd:3\ne: [4\nf: 5\n");
    assert_eq!(
        value,
        serde_json::json!({"a": 1, "b": null, "c": 2, "d": null, "e": null, "f": 5})
    );
    assert_eq!(places, [9, 19, 25]);
}

#[test]
fn a_slip_in_a_list_costs_one_item_or_one_key_of_it() {
    let (value, places) =
        in_parts("l:\n  - a: 1\n    b: \"x\n  - a: 2\n  - 'x' y\n  - a: 3\nm: 4\n");
    assert_eq!(
        value,
        serde_json::json!({"l": [{"a": 1, "b": null}, {"a": 2}, null, {"a": 3}], "m": 4})
    );
    assert_eq!(places, [19, 35]);
}

#[test]
fn a_quoted_key_in_a_lost_line_is_seen_with_its_quotes() {
    let mut sink = sink();
    let yaml = "#\"a\n\"é“––é\":\n\t?\t|\nc: d";
    let reading = parse_in_parts(yaml, 0, LIMITS, &mut sink).expect("one key is whole");
    assert!(!reading.whole);
    let Node::Map(entries) = &reading.tree.value else {
        panic!("a map");
    };
    for (key, _) in entries {
        let written = &yaml[key.span.clone()];
        assert_eq!(written.trim_matches('"'), key.value);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn any_text_is_read_in_parts_or_refused(yaml in "([ab]:)?[-:a \n\r\t\"'{}\\[\\],#&*!|>?=\\\\\u{e9}\u{a0}\u{2013}\u{201c}]{0,60}(\nc: d)?") {
        let mut sink = sink();
        let reading = parse_in_parts(&yaml, 0, LIMITS, &mut sink);
        let diagnostics = sink.into_diagnostics();
        let errors = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == crate::diagnostics::Severity::Error)
            .count();
        match reading {
            Some(reading) => prop_assert_eq!(reading.whole, errors == 0),
            None => prop_assert_eq!(errors, 1),
        }
        for diagnostic in &diagnostics {
            prop_assert!(yaml.get(diagnostic.span.clone()).is_some());
            for label in &diagnostic.labels {
                prop_assert!(yaml.get(label.span.clone()).is_some());
            }
            for suggestion in &diagnostic.suggestions {
                prop_assert!(yaml.get(suggestion.span.clone()).is_some());
            }
        }
    }

    #[test]
    fn what_can_be_read_is_read_in_parts_as_a_whole(yaml in "([a-d]: [-a#'\" ]{0,6}\n){0,4}") {
        let mut ours = sink();
        let mut theirs = sink();
        if let Some(tree) = parse(&yaml, 0, LIMITS, &mut ours) {
            let reading = parse_in_parts(&yaml, 0, LIMITS, &mut theirs).expect("readable");
            prop_assert_eq!(reading.tree, tree);
            prop_assert!(reading.whole);
            prop_assert_eq!(ours.into_diagnostics(), theirs.into_diagnostics());
        }
    }

    #[test]
    fn any_text_is_a_tree_or_one_diagnostic(yaml in "[-:a \n\r\t\"'{}\\[\\],#&*!|>?é\u{feff}]{0,40}") {
        let mut sink = sink();
        let node = parse(&yaml, 0, LIMITS, &mut sink);
        let diagnostics = sink.into_diagnostics();
        let errors = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == crate::diagnostics::Severity::Error);
        prop_assert_eq!(node.is_none(), errors.count() == 1);
        if let Some(diagnostic) = diagnostics.first() {
            prop_assert!(diagnostic.span.end <= yaml.len());
        }
    }
}
