//! Slugs: the part of an address that names a page, and the ids of terms.

use rustc_hash::FxHashSet;

/// Longest slug or id, in characters.
pub const MAX_LENGTH: usize = 80;

/// Whether a text is a slug: `a-z`, `0-9` and single hyphens between them, 1 to 80 characters.
pub fn is_valid(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_LENGTH
        && text.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The nearest slug to a text: accents are spelled out, letters lowered, everything else becomes a hyphen.
/// Empty when no letter or digit is left.
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in deunicode::deunicode(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') && c != '\'' {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches('-');
    let end = slug.len().min(MAX_LENGTH);
    slug[..end].trim_end_matches('-').to_owned()
}

/// Ids of elements for names of any kind, each with a word before it: `level-place`. Where two names come out alike, the
/// later one gets its number, behind two hyphens that no slug has.
pub fn anchors<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let mut taken = FxHashSet::default();
    names
        .into_iter()
        .enumerate()
        .map(|(place, name)| {
            let plain = format!("{word}-{}", slugify(name));
            match taken.insert(plain.clone()) {
                true => plain,
                false => format!("{plain}--{place}"),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slugs_are_lower_case_words_with_single_hyphens() {
        for good in ["a", "one-door", "2019-20", "x".repeat(80).as_str()] {
            assert!(is_valid(good), "{good}");
        }
        for bad in [
            "",
            "-a",
            "a-",
            "a--b",
            "A",
            "a_b",
            "é",
            "a/b",
            "..",
            "x".repeat(81).as_str(),
        ] {
            assert!(!is_valid(bad), "{bad}");
        }
    }

    #[test]
    fn slugify_keeps_the_words() {
        assert_eq!(slugify("One door: what's next?"), "one-door-whats-next");
        assert_eq!(slugify("Café & Société"), "cafe-societe");
        assert_eq!(slugify("!!"), "");
    }

    #[test]
    fn anchors_differ_even_where_names_are_alike() {
        let anchors = anchors("step", ["One", "one", "!", "?", "two"]);
        let expected = ["step-one", "step-one--1", "step-", "step---3", "step-two"];
        assert_eq!(anchors, expected);
    }

    proptest! {
        #[test]
        fn slugify_makes_slugs(text in ".{0,120}") {
            let slug = slugify(&text);
            prop_assert!(slug.is_empty() || is_valid(&slug), "{slug}");
        }
    }
}
