//! The slices of an index hold what its records have, whatever a cache has of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::hash::{pair_hash, word_hash};
use super::super::piece::RECORDS;
use super::super::stem::stem;
use super::super::tokens::tests::all;
use super::*;
use crate::memo;

type Test = std::io::Result<()>;
type Found<K> = BTreeMap<K, BTreeSet<u32>>;

/// Two full parts and a bit, of words that many records have and of some that few have.
fn texts() -> Vec<String> {
    let word = |number: usize| {
        format!(
            "word{}x",
            "abcdefghij".chars().cycle().nth(number).unwrap_or('k')
        )
    };
    let text = |record: usize| {
        let words = (0..40).map(|at| match (record * 7 + at * at) % 13 {
            0 => format!("rare{}", record * at % 97),
            some => word(some + at) + &"y".repeat((record + at) % 3),
        });
        words.collect::<Vec<_>>().join(" ")
    };
    (0..2 * RECORDS + 22).map(text).collect()
}

fn parts(texts: &[String]) -> Vec<Arc<Part>> {
    let chunks = texts.chunks(RECORDS);
    chunks
        .map(|chunk| Arc::new(Part::of_texts(chunk)))
        .collect()
}

/// Reads a file of the index.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in (0..).step_by(7) {
            let byte = self.take(1)[0];
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    fn take(&mut self, count: usize) -> Vec<u8> {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken.to_vec()
    }
}

fn pairs_of(files: &[crate::output::OutputFile], bits: u32) -> Found<u32> {
    let mut found = Found::new();
    for (number, file) in (0_u32..).zip(files) {
        let mut hash = number.checked_shl(32 - bits).unwrap_or(0);
        let mut bytes = Bytes(&file.bytes);
        while !bytes.0.is_empty() {
            hash += bytes.number();
            let mut next = 0;
            for _ in 0..bytes.number() {
                let record = next + bytes.number();
                assert!(found.entry(hash).or_default().insert(record));
                next = record + 1;
            }
        }
    }
    found
}

fn words_of(files: &[crate::output::OutputFile]) -> Found<String> {
    let mut found = Found::new();
    for file in files {
        let mut bytes = Bytes(&file.bytes);
        let (mut word, mut lengths) = (Vec::new(), Vec::new());
        for _ in 0..bytes.number() {
            word.truncate(bytes.number() as usize);
            let rest = bytes.number() as usize;
            word.extend(bytes.take(rest));
            let name = String::from_utf8_lossy(&word).into_owned();
            lengths.push((name, bytes.number(), bytes.number()));
        }
        for (name, count, length) in lengths {
            let postings = bytes.take(length as usize);
            let (mut postings, mut next) = (Bytes(&postings), 0);
            let records: BTreeSet<u32> = (0..count)
                .map(|_| {
                    let record = next + (postings.number() >> 4);
                    next = record + 1;
                    record
                })
                .collect();
            assert_eq!((records.len(), postings.0.len()), (count as usize, 0));
            found.insert(name, records);
        }
    }
    found
}

#[test]
fn the_files_have_what_the_records_have() {
    let texts = texts();
    let (mut words, mut pairs) = (Found::new(), Found::new());
    for (record, text) in (0..).zip(&texts) {
        let stems: Vec<String> = all(text).iter().map(|(word, _)| stem(word)).collect();
        for stem in &stems {
            words
                .entry(stem.clone())
                .or_insert_with(BTreeSet::new)
                .insert(record);
        }
        for two in stems.windows(2) {
            let hash = pair_hash(word_hash(&two[0]), word_hash(&two[1]));
            pairs
                .entry(hash)
                .or_insert_with(BTreeSet::new)
                .insert(record);
        }
    }
    let parts = parts(&texts);
    assert_eq!(parts.len(), 3);
    for bits in [0, 1, 3, 7, 9] {
        let slices: Vec<Arc<Slice>> = (0..SLICES)
            .map(|number| {
                let pieces: Vec<&Piece> = parts.iter().map(|part| &*part.pieces[number]).collect();
                Arc::new(Slice::merge(number, bits, &pieces))
            })
            .collect();
        assert_eq!(
            pairs_of(&pairs::write(&slices, bits).files, bits),
            pairs,
            "{bits} bits"
        );
        assert_eq!(words_of(&words::write(&slices).files), words);
    }
}

/// The slices as they are kept.
fn bytes((_, slices, _): &Merged) -> Vec<Vec<u8>> {
    let bytes = |slice: &Arc<Slice>| postcard::to_stdvec(slice).expect("it can be written");
    slices.iter().map(bytes).collect()
}

fn copy(from: &Path, to: &Path) -> Test {
    let _ = fs::remove_dir_all(to);
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

#[test]
fn what_a_cache_has_gives_the_same_and_so_does_one_that_lacks_some() -> Test {
    let dir = tempfile::tempdir()?;
    let (kept, used) = (dir.path().join("kept"), dir.path().join("used"));
    let index = |cache: &Cache, texts: &[String]| {
        let made = AtomicUsize::new(0);
        let mut memory = Memory::load(cache);
        let chunks: Vec<&[String]> = texts.chunks(RECORDS).collect();
        let merged = merge_again(&mut memory, |memo| {
            memo::round(
                memo,
                &chunks,
                |chunk| key_of(chunk.iter().map(String::as_bytes)),
                |chunk| {
                    made.fetch_add(1, Ordering::Relaxed);
                    Arc::new(Part::of_texts(chunk))
                },
            )
        });
        memory.save();
        assert_eq!(bytes(&merged), bytes(&merge(parts(texts))));
        made.into_inner()
    };
    let mut texts = texts();
    assert_eq!(
        index(&Cache::in_folder(&kept), &texts),
        3,
        "nothing is known"
    );
    texts[RECORDS + 5].push_str(" interoperability of records");
    // What is taken from the cache, and how many parts are read then.
    for (lacks, read) in [
        ("nothing", 1),
        ("search-pieces-", 4),
        ("search-slice-", 1),
        ("search-part-", 3),
        ("-007", 4),
    ] {
        copy(&kept, &used)?;
        let mut gone = 0;
        for entry in fs::read_dir(&used)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().contains(lacks) {
                fs::remove_file(entry.path())?;
                gone += 1;
            }
        }
        assert_eq!(gone > 0, lacks != "nothing");
        let made = index(&Cache::in_folder(&used), &texts);
        assert_eq!(made, read, "without {lacks}");
        assert_eq!(
            index(&Cache::in_folder(&used), &texts),
            0,
            "all is known now"
        );
    }
    Ok(())
}
