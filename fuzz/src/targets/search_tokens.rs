//! Words of any text are what search can hold: `src/search/tokens.rs` and `stem.rs` say so in their heads. Whether the browser
//! makes the same of them is asked by `src/search/agreement.rs`, which reads the seeds of this target as well.

use caseloom::fuzz::{stem, tokens};
use unicode_normalization::UnicodeNormalization;

const LONGEST: usize = 40;

/// Tries an input.
///
/// # Panics
/// When a promise is broken.
pub fn search_tokens(text: &str) {
    let all = tokens(text);
    for (at, (word, span)) in all.iter().enumerate() {
        let length = word.chars().count();
        assert!((1..=LONGEST).contains(&length), "{word:?}");
        assert!(!word.contains(['-', '\'', '&', ' ']), "{word:?}");
        match span {
            0 => {
                let head = at.checked_sub(1).map(|before| all[before].0.as_str());
                // The word that a tail belongs to may be too long to be given.
                let is_tail = head.is_some_and(|head| head.ends_with(word.as_str()));
                assert!(
                    is_tail || length + "multi".len() > LONGEST,
                    "{word:?} is no tail"
                );
            }
            1 => assert_eq!(tokens(word), [(word.clone(), 1)], "folded twice"),
            &span => {
                let parts = all[at + 1..]
                    .iter()
                    .filter(|(_, span)| *span > 0)
                    .take(span);
                let joined: String = parts.map(|(word, _)| word.as_str()).collect();
                assert_eq!(*word, joined);
            }
        }
        let stem = stem(word);
        assert!(!stem.is_empty(), "{word:?} has no stem");
        // `bas` of `basing` becomes `base`.
        assert!(stem.chars().count() <= length, "{word:?} becomes {stem:?}");
        let stemmed = length >= 3 && word.bytes().all(|b| b.is_ascii_lowercase());
        assert!(if stemmed {
            stem.bytes().all(|b| b.is_ascii_lowercase())
        } else {
            stem == *word
        });
    }
    // Words meet however a keyboard composes their letters, in scripts whose marks are dropped.
    let dropped = |c: &char| *c < '\u{500}' || ('\u{1e00}'..'\u{2000}').contains(c);
    let composed: String = text.chars().filter(dropped).nfc().collect();
    let decomposed: String = composed.nfd().collect();
    assert_eq!(tokens(&composed), tokens(&decomposed));
}
