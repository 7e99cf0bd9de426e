//! Words must be the same in the browser as here: both sides read the same texts, and no difference is forgiven.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::hash::{pair_hash, word_hash};
use super::stem::stem;
use super::tokens::tests::all;

/// Generated texts.
const GENERATED: usize = 50_000;

/// Reads lines of texts, each a JSON string, and writes what `words.js` and `bytes.js` make of them, line by line.
const READER: &str = r#"
import { readFileSync, writeFileSync } from "node:fs";
const { tokens, stem } = await import(process.argv[1] + "/words.js");
const { pairHash } = await import(process.argv[1] + "/bytes.js");
const lines = readFileSync(0, "utf8").trimEnd().split("\n").map((line) => {
  const text = JSON.parse(line);
  const words = tokens(text).map(([word, span]) => `${word}/${span}/${stem(word)} `);
  return `${words.join("")}${pairHash(text, `${text}s`)}`;
});
writeFileSync(1, lines.join("\n") + "\n");
"#;

/// The same made here.
fn ours(text: &str) -> String {
    let mut line = String::new();
    for (word, span) in all(text) {
        write!(line, "{word}/{span}/{} ", stem(&word)).expect("memory takes every letter");
    }
    line + &pair_hash(word_hash(text), word_hash(&format!("{text}s"))).to_string()
}

/// Numbers by chance from a seed (splitmix64), the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

/// Scripts whose letters have been in Unicode for so long that every browser knows them.
const SCRIPTS: [std::ops::Range<u32>; 12] = [
    0x20..0x7f,
    0xa0..0x180,
    0x250..0x2b0,
    0x300..0x370,
    0x370..0x3d0,
    0x410..0x460,
    0x5b0..0x5eb,
    0x621..0x660,
    0x905..0x950,
    0x1e00..0x1f00,
    0x2000..0x2060,
    0x4e00..0x4f00,
];

const PIECES: [&str; 44] = [
    "co",
    "multi",
    "re",
    "location",
    "agency",
    "-",
    "--",
    "\u{2011}",
    "\u{2013}",
    " ",
    "  ",
    "\n",
    "\u{a0}",
    "'",
    "\u{2019}",
    "&",
    ".",
    ",",
    "/",
    "A&E",
    "ies",
    "ss",
    "ed",
    "ing",
    "eed",
    "ation",
    "ate",
    "ment",
    "ness",
    "sion",
    "plan",
    "happ",
    "y",
    "e",
    "ll",
    "nn",
    "s",
    "GP",
    "\u{fb01}",
    "\u{df}",
    "\u{130}",
    "\u{3a3}",
    "\u{ad}",
    "\u{1f600}",
];

fn generated(chance: &mut Chance) -> String {
    let mut text = String::new();
    for _ in 0..chance.below(12) {
        match chance.below(3) {
            0 => text.push_str(PIECES[chance.below(PIECES.len())]),
            1 => {
                for _ in 0..chance.below(9) {
                    text.push(char::from(b'a' + chance.below(26) as u8));
                }
            }
            _ => {
                let script = SCRIPTS[chance.below(SCRIPTS.len())].clone();
                let letter = script.start + chance.below(script.len()) as u32;
                text.extend(char::from_u32(letter));
            }
        }
    }
    text
}

/// Every line of the files of a folder.
fn lines_of(folder: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter();
    files
        .filter_map(|entry| std::fs::read_to_string(entry.ok()?.path()).ok())
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| !line.trim().is_empty())
        .collect()
}

#[test]
#[ignore = "needs node; ./test runs it with the tests in the browser"]
fn the_browser_reads_the_same_words() {
    let mut texts = lines_of("content");
    assert!(texts.len() > 5_000, "the library has {} lines", texts.len());
    texts.extend(lines_of("fuzz/seeds/search_tokens"));
    let mut chance = Chance(1);
    texts.extend((0..GENERATED).map(|_| generated(&mut chance)));
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/assets/search");
    let mut node = Command::new("node")
        .args(["--input-type=module", "--eval", READER, "--"])
        .arg(modules)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    let mut input = node.stdin.take().expect("a pipe");
    let lines: Vec<String> = texts
        .iter()
        .map(|text| serde_json::to_string(text).expect("text is JSON"))
        .collect();
    let writer = std::thread::spawn(move || input.write_all((lines.join("\n") + "\n").as_bytes()));
    let output = node.wait_with_output().expect("node ends");
    writer
        .join()
        .expect("no panic")
        .expect("node reads everything");
    let theirs = String::from_utf8(output.stdout).expect("UTF-8");
    let theirs: Vec<&str> = theirs.lines().collect();
    assert_eq!(theirs.len(), texts.len());
    let differences: Vec<String> = texts
        .iter()
        .zip(theirs)
        .filter(|(text, theirs)| ours(text) != **theirs)
        .map(|(text, theirs)| format!("{text:?}\n  here:    {}\n  browser: {theirs}", ours(text)))
        .collect();
    assert!(
        differences.is_empty(),
        "{} differences\n{}",
        differences.len(),
        differences[..differences.len().min(10)].join("\n")
    );
}
