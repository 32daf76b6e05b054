//! Base64, as RFC 4648 defines it.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

const ENGINE: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
const URL_SAFE_ENGINE: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);

/// Writes padding, but does not need it to read.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// Encodes bytes with padding. Dropping the text erases it from memory.
pub(super) fn encode(bytes: &[u8]) -> Zeroizing<String> {
    // The text does not grow, because that would leave copies of its start in memory.
    let mut text = Zeroizing::new(String::with_capacity(bytes.len().div_ceil(3) * 4));
    ENGINE.encode_string(bytes, &mut text);
    text
}

/// Decodes the standard alphabet or the one for URLs, with or without padding.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let engine = if text.contains(['-', '_']) {
        URL_SAFE_ENGINE
    } else {
        ENGINE
    };
    engine.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_and_decodes_the_vectors_of_the_rfc() {
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
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
            assert_eq!(decode(text.trim_end_matches('=')).as_deref(), Some(bytes.as_bytes()));
        }
    }

    #[test]
    fn decodes_both_alphabets() {
        let bytes = Some(vec![0xfb, 0xff, 0xfe]);
        assert_eq!(*encode(&[0xfb, 0xff, 0xfe]), "+//+");
        assert_eq!((decode("+//+"), decode("-__-")), (bytes.clone(), bytes));
        for text in ["Z", "Zg=a", "Zg\n==", "-/", "Zg!="] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
