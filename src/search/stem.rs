//! A light English stemmer: inflection, and the few endings that make a noun of a verb. `themes/default/assets/search/words.js`
//! has the same rules in the same order; the tests of `agreement.rs` hold the two against each other.

/// The stem of a folded word. Only words of the letters a to z are stemmed.
///
/// | rule | words that meet |
/// |---|---|
/// | plural | `homes home`, `studies study`, `GPs GP` |
/// | past and present participle | `planned planning plan`, `shared share` |
/// | `-ation -ate -at`, `-ion` | `integration integrate integrated`, `prevention prevent` |
/// | `-ment`, `-ness` | `involvement involve`, `readiness ready` |
/// | last `y`, last `e`, last double letter | `community communities`, `nurse nursing`, `programme program` |
pub(crate) fn stem(word: &str) -> String {
    let mut letters = word.as_bytes().to_vec();
    if letters.len() < 3 || !letters.iter().all(u8::is_ascii_lowercase) {
        return word.to_owned();
    }
    plural(&mut letters);
    participle(&mut letters);
    noun_of_verb(&mut letters);
    last_letter(&mut letters);
    String::from_utf8(letters)
        .expect("invariant: the stem of a word of a to z has no other letters")
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn plural(word: &mut Vec<u8>) {
    let letters = word.len();
    match word[..] {
        [.., b'i', b'e', b's'] if letters > 4 => word.truncate(letters - 2),
        // `ICSs` is the plural of `ICS`, and both become `ic`; a word of everyday English has a vowel before `ss`.
        [.., before, b's', b's'] if !is_vowel(before) && before != b's' => {
            word.truncate(letters - 2)
        }
        [.., before, b's'] if !matches!(before, b'i' | b'u' | b's') => word.truncate(letters - 1),
        _ => {}
    }
}

fn participle(word: &mut Vec<u8>) {
    if word.ends_with(b"eed") {
        if word.len() > 5 && word.ends_with(b"reed") {
            word.pop();
        }
        return;
    }
    let cut = [&b"ed"[..], b"ing"]
        .into_iter()
        .find(|ending| word.ends_with(ending))
        .map_or(0, <[u8]>::len);
    let rest = word.len() - cut;
    if cut == 0 || rest < 3 || !word[..rest].iter().any(|letter| is_vowel(*letter)) {
        return;
    }
    word.truncate(rest);
    match word[..] {
        [.., a, b] if a == b => drop_double(word),
        [a, b, c] if !is_vowel(a) && is_vowel(b) && !is_vowel(c) && !matches!(c, b'w' | b'x') => {
            word.push(b'e');
        }
        _ => {}
    }
}

/// Takes away one of two equal last consonants, but for `s` and `z`, and for `l` in short words.
fn drop_double(word: &mut Vec<u8>) {
    let Some(&last) = word.last() else { return };
    if !is_vowel(last) && !matches!(last, b's' | b'z') && (last != b'l' || word.len() >= 6) {
        word.pop();
    }
}

fn noun_of_verb(word: &mut Vec<u8>) {
    // Without the last six letters, something must be left that tells words apart.
    let cut = |word: &[u8], ending: &[u8]| word.len() >= ending.len() + 6 && word.ends_with(ending);
    if cut(word, b"ation") {
        word.truncate(word.len() - 5);
    } else if cut(word, b"ate") {
        word.truncate(word.len() - 3);
    } else if cut(word, b"at") {
        word.truncate(word.len() - 2);
    } else if word.len() >= 8 && (word.ends_with(b"tion") || word.ends_with(b"sion")) {
        word.truncate(word.len() - 3);
    }
    if cut(word, b"ment") || (word.len() >= 9 && word.ends_with(b"ness")) {
        word.truncate(word.len() - 4);
    }
}

fn last_letter(word: &mut Vec<u8>) {
    match word[..] {
        [.., before, b'y'] if word.len() >= 4 && !is_vowel(before) => {
            word.pop();
            word.push(b'i');
        }
        [.., b'e'] if word.len() >= 5 => {
            word.pop();
        }
        _ => {}
    }
    if let [.., a, b] = word[..]
        && a == b
        && word.len() >= 5
    {
        drop_double(word);
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn words_that_a_reader_takes_for_one_meet() {
        for group in [
            "home homes",
            "study studies studied studying",
            "gp gps",
            "ics icss",
            "plan plans planned planning",
            "share shares shared sharing",
            "care cares cared caring",
            "base based bases",
            "integrate integrates integrated integrating integration",
            "colocate colocated colocation colocating",
            "consult consultation consulted",
            "vaccine vaccination vaccinate",
            "transform transformation",
            "prevent prevention",
            "involve involved involvement involving",
            "manage management managed",
            "ready readiness",
            "community communities",
            "nurse nursing nurses",
            "programme program programmes",
            "control controlled",
            "agree agreed",
            "process processes processed",
        ] {
            let stems: Vec<String> = group.split(' ').map(stem).collect();
            assert!(
                stems.windows(2).all(|pair| pair[0] == pair[1]),
                "{group}: {stems:?}"
            );
        }
    }

    #[test]
    fn words_of_different_meaning_stay_apart() {
        for (one, other) in [
            ("care", "car"),
            ("business", "busy"),
            ("foundation", "found"),
            ("placement", "place"),
            ("status", "state"),
            ("need", "nee"),
            ("being", "be"),
            ("access", "acces"),
            ("nation", "nat"),
        ] {
            assert_ne!(stem(one), stem(other), "{one}, {other}");
        }
    }

    #[test]
    fn other_words_are_left_alone() {
        for word in [
            "",
            "a",
            "s",
            "19",
            "covid19",
            "\u{3ba}\u{3b1}\u{3b9}",
            "ring",
            "status",
        ] {
            assert_eq!(stem(word), word);
        }
    }
}
