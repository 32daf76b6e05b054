//! A loss of the conversion to a schema.

/// A part of an OpenAPI document that the schema expresses with a weaker type, or does not contain.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Finding {
    /// The place in the document, such as `GET /things: query parameter "filter"`.
    pub place: String,
    /// The degree of the loss.
    pub loss: Loss,
    /// The loss and its reason, in a sentence without a full stop.
    pub text: String,
}

/// The degree to which a part of a document was lost.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Loss {
    /// The schema accepts all that the document describes, but says less about it.
    Weaker,
    /// The schema does not contain it.
    LeftOut,
    /// The schema chose one of several meanings.
    Reading,
}
