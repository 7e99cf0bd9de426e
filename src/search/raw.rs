//! Numbers that fill most of their bits, as bytes: in the cache they are read in one go, where varints would be longer and slower.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

/// A number of so many bytes.
pub(super) trait Raw<const N: usize>: Copy {
    fn bytes(self) -> [u8; N];
    fn of(bytes: [u8; N]) -> Self;
}

impl Raw<1> for u8 {
    fn bytes(self) -> [u8; 1] {
        [self]
    }

    fn of([byte]: [u8; 1]) -> Self {
        byte
    }
}

impl Raw<4> for u32 {
    fn bytes(self) -> [u8; 4] {
        self.to_le_bytes()
    }

    fn of(bytes: [u8; 4]) -> Self {
        Self::from_le_bytes(bytes)
    }
}

pub(super) fn serialize<const N: usize, T: Raw<N>, S: Serializer>(
    numbers: &[T],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(numbers.len() * N);
    for number in numbers {
        bytes.extend_from_slice(&number.bytes());
    }
    serializer.serialize_bytes(&bytes)
}

pub(super) fn deserialize<'de, const N: usize, T: Raw<N>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_bytes(Numbers(PhantomData))
}

struct Numbers<const N: usize, T>(PhantomData<T>);

impl<const N: usize, T: Raw<N>> Visitor<'_> for Numbers<N, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{N} bytes for each number")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        match bytes.as_chunks() {
            (numbers, []) => Ok(numbers.iter().map(|bytes| T::of(*bytes)).collect()),
            _ => Err(E::invalid_length(bytes.len(), &self)),
        }
    }
}
