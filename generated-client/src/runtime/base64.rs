//! Base64, as RFC 4648 defines it.

use zeroize::Zeroizing;

/// The characters for the values from 0 to 63.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes bytes with padding. Dropping the text erases it from memory.
pub(super) fn encode(bytes: &[u8]) -> Zeroizing<String> {
    // Growing the string would leave a copy of its beginning in memory.
    let mut text = Zeroizing::new(String::with_capacity(bytes.len().div_ceil(3) * 4));
    for chunk in bytes.chunks(3) {
        let byte = |index| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for position in 0..4 {
            // Of a chunk of n bytes, the first n + 1 characters carry data.
            let is_data = position <= chunk.len();
            let value = (bits >> (18 - 6 * position)) & 0b11_1111;
            text.push(if is_data {
                char::from(ALPHABET[value as usize])
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_the_vectors_of_the_rfc() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(*encode(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn encodes_every_character_of_the_alphabet() {
        let bytes: Vec<u8> = (0..16_u8)
            .flat_map(|group| {
                let first = u32::from(group) * 4;
                let bits = first << 18 | (first + 1) << 12 | (first + 2) << 6 | (first + 3);
                let [_, bytes @ ..] = bits.to_be_bytes();
                bytes
            })
            .collect();
        assert_eq!(encode(&bytes).as_bytes(), ALPHABET);
        assert_eq!(*encode(&[0xff, 0xfe, 0x00]), "//4A");
    }
}
