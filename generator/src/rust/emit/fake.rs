//! `fake.rs`: the tables that describe the API to its fake, and the fake's constructors.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::api::option;
use super::condition::condition;
use crate::rust::docs;
use crate::rust::ir::{
    Action, Auth, Collection, Fake, FakeField, FakeRules, Literal, Note, PageSize, Route, Scalar, SchemaType, Shape,
    ShapeKind, UnionForm,
};

pub fn emit(fake: &Fake) -> TokenStream {
    let mut table = Table::new(fake);
    let rules = rules(&fake.rules);
    let collections: Vec<_> = fake.collections.iter().map(|row| table.collection(row)).collect();
    let parts = parts(fake);
    let routes: Vec<_> = fake.routes.iter().map(|route| table.route(route)).collect();
    let shapes: Vec<_> = used_shapes(fake).map(|shape| table.shape(shape)).collect();
    let seeds: Vec<_> = fake.collections.iter().filter_map(|row| seed(fake, row)).collect();
    let imports = imports(&table, fake, shapes.is_empty(), seeds.is_empty());
    let constructors = constructors(fake);
    let credentials = credentials(&fake.auth);
    let rate_limit = fake.rate_limit.as_ref().map(|limit| {
        let method = super::clients::api_rate_limit(limit);
        quote! { impl FakeBuilder { #method } }
    });
    quote! {
        #imports

        #constructors
        #credentials
        #rate_limit

        #(#seeds)*

        #[doc = " The tables below, indexed for lookup."]
        static INDEX: LazyLock<Index> =
            LazyLock::new(|| Index::new(&API, RULES, COLLECTIONS, PARTS, ROUTES));

        #rules

        #[doc = " Collections of objects."]
        static COLLECTIONS: &[Collection] = &[#(#collections),*];

        #[doc = " Resources that are a field of another resource's objects."]
        static PARTS: &[Part] = &[#(#parts),*];

        #[doc = " The effect of each operation on the collections."]
        static ROUTES: &[Route] = &[#(#routes),*];

        #(#shapes)*
    }
}

/// Emits only the imports that the file uses.
fn imports(table: &Table, fake: &Fake, no_shapes: bool, no_seeds: bool) -> TokenStream {
    let operations = (!fake.routes.is_empty()).then(|| quote! { operations as op });
    let models = (!no_seeds).then(|| quote! { models });
    let generated: Vec<_> = models.into_iter().chain(operations).collect();
    let generated = (!generated.is_empty()).then(|| quote! { use super::{#(#generated),*}; });
    let seed = (!no_seeds).then(|| quote! { ResourceName, Seed });
    let fields = (!no_shapes).then(|| quote! { Field, Fields, });
    let filter = |item| fake.rules.filter.as_ref().map(|_| item);
    let parse_filter = filter(quote! { use crate::fake::filter::parse_filter; });
    let filter_rule = filter(quote! { use crate::fake::table::rules::FilterRule; });
    let rate_limit = fake.rate_limit.as_ref().map(|_| quote! { RATE_LIMIT });
    let credentials = match fake.auth {
        Auth::None => None,
        Auth::Basic { .. } | Auth::Key { .. } => Some(quote! { Credentials }),
    };
    let operation = (!fake.routes.is_empty()).then(|| quote! { Operation });
    let runtime: Vec<_> = credentials.into_iter().chain(operation).collect();
    let runtime = (!runtime.is_empty()).then(|| quote! { use crate::runtime::{#(#runtime),*}; });
    let variants = |of: TokenStream, names: &BTreeMap<String, TokenStream>| {
        let names = names.values();
        (names.len() > 0).then(|| quote! { use crate::fake::table::#of::{#(#names),*}; })
    };
    let literals = variants(quote! { Literal }, &table.literals);
    let types = variants(quote! { ValueType }, &table.types);
    quote! {
        use std::sync::LazyLock;

        use super::api::{API, #rate_limit};
        #generated
        use crate::fake::{Fake, FakeBuilder, #seed};
        #parse_filter
        #filter_rule
        use crate::fake::table::{Collection, #fields Index, PageSize, Part, Route, Rules};
        #literals
        #types
        #runtime
    }
}

/// Emits the functions of the fake that use the tables.
fn constructors(Fake { auth, crate_name, .. }: &Fake) -> TokenStream {
    let import = || vec![format!("use {crate_name}::fake::Fake;"), String::new()];
    let with = |lines: &[&str]| [import(), lines.iter().copied().map(str::to_owned).collect()].concat();
    let new = docs::with_example(
        "Creates a fake with no objects and a stopped clock.",
        with(&[
            "let fake = Fake::new();",
            "let client = fake.client();",
            "assert_eq!(fake.object_count(), 0);",
            "# drop(client);",
        ]),
    );
    let (settings, example) = builder_example(auth);
    let builder = docs::with_example(
        &format!("Returns a builder to set the {settings}, clock, seed and other options."),
        with(&example),
    );
    quote! {
        impl Fake {
            #new
            #[must_use]
            pub fn new() -> Self {
                Self::builder().build()
            }

            #builder
            pub fn builder() -> FakeBuilder {
                FakeBuilder::for_api(&INDEX)
            }

            #[doc = " Returns the number of operations that the fake supports."]
            #[must_use]
            pub fn operation_count() -> usize {
                ROUTES.len()
            }
        }

        impl Default for Fake {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}

/// Returns the first settings of the builder, and an example that sets them.
fn builder_example(auth: &Auth) -> (&'static str, [&'static str; 2]) {
    match auth {
        Auth::None => (
            "base URL",
            [
                "let fake = Fake::builder().base_url(\"https://api.test\").seed(7).build();",
                "assert_eq!(fake.base_url(), \"https://api.test\");",
            ],
        ),
        Auth::Basic { .. } => (
            "credentials, base URL",
            [
                "let fake = Fake::builder().credentials(\"test-user\", \"secret\").seed(7).build();",
                "assert_eq!((fake.user(), fake.password()), (\"test-user\", \"secret\"));",
            ],
        ),
        Auth::Key { .. } => (
            "API key, base URL",
            [
                "let fake = Fake::builder().key(\"test-key\").seed(7).build();",
                "assert_eq!(fake.key(), \"test-key\");",
            ],
        ),
    }
}

/// Emits the methods that set and return the credentials.
fn credentials(auth: &Auth) -> Option<TokenStream> {
    match auth {
        Auth::None => None,
        Auth::Basic { .. } => Some(quote! {
            impl FakeBuilder {
                #[doc = " Sets the user and the password that requests must carry. Defaults to `fake-user`"]
                #[doc = " and `fake-password`."]
                pub fn credentials(self, user: impl Into<String>, password: impl Into<String>) -> Self {
                    self.with_credentials(Credentials::login(user, password))
                }
            }

            impl Fake {
                #[doc = " Returns the user that requests must carry."]
                #[must_use]
                pub fn user(&self) -> &str {
                    self.credentials().user()
                }

                #[doc = " Returns the password that requests must carry."]
                #[must_use]
                pub fn password(&self) -> &str {
                    self.credentials().password()
                }
            }
        }),
        Auth::Key { .. } => Some(quote! {
            impl FakeBuilder {
                #[doc = " Sets the API key that requests must carry. Defaults to `fake-key`."]
                pub fn key(self, key: impl Into<String>) -> Self {
                    self.with_credentials(Credentials::key(key))
                }
            }

            impl Fake {
                #[doc = " Returns the API key that requests must carry."]
                #[must_use]
                pub fn key(&self) -> &str {
                    self.credentials().api_key()
                }
            }
        }),
    }
}

/// Returns the cargo feature of a resource, if resources have one.
fn feature<'a>(fake: &Fake, resource: &'a String) -> Option<&'a String> {
    fake.resource_features.then_some(resource)
}

fn seed(fake: &Fake, collection: &Collection) -> Option<TokenStream> {
    let (model, name) = (collection.seed.as_ref()?, &collection.name);
    let condition = condition(feature(fake, name));
    Some(quote! {
        #condition
        impl Seed for models::#model {
            const RESOURCE: ResourceName = ResourceName(#name);
        }
    })
}

fn rules(rules: &FakeRules) -> TokenStream {
    let size = page_size(&rules.size);
    let newest_first = rules.newest_first;
    let before = option(rules.before.as_ref());
    let filter = option(rules.filter.as_ref().map(|parameter| {
        quote! { FilterRule { parameter: #parameter, parse: parse_filter } }
    }));
    let uri = option(rules.uri.as_ref());
    let status = option(rules.status.as_ref());
    let request_id = option(rules.request_id.as_ref());
    let (updated, empty_is_missing) = (&rules.updated, rules.empty_is_missing);
    let invalid = proc_macro2::Literal::u16_unsuffixed(rules.invalid);
    let codes = rules.codes.iter().map(|(status, code)| {
        let status = proc_macro2::Literal::u16_unsuffixed(*status);
        quote! { (#status, #code) }
    });
    quote! {
        #[doc = " Conventions of the API for paging, filters, URIs and errors."]
        const RULES: Rules = Rules {
            size: #size,
            before: #before,
            newest_first: #newest_first,
            filter: #filter,
            uri: #uri,
            status: #status,
            codes: &[#(#codes),*],
            updated: #updated,
            empty_is_missing: #empty_is_missing,
            invalid: #invalid,
            request_id: #request_id,
        };
    }
}

fn page_size(size: &PageSize) -> TokenStream {
    let query = option(size.query.as_ref());
    let max = option(size.max.map(proc_macro2::Literal::u32_unsuffixed));
    quote! { PageSize { query: #query, max: #max } }
}

/// Emits a row for each resource whose operations act on a field of another resource's objects.
fn parts(fake: &Fake) -> Vec<TokenStream> {
    let parts = fake.routes.iter().filter_map(|route| {
        let (Part::Resource, field) = part(route)? else {
            return None;
        };
        Some((&route.resource, (field, &route.collection)))
    });
    let parts: BTreeMap<_, _> = parts.collect();
    let rows = parts.into_iter();
    rows.map(|(resource, (field, collection))| quote! { Part::new(#resource, #field).of(#collection) })
        .collect()
}

/// The row that names the field an operation acts on.
enum Part {
    /// The row of the resource in `PARTS`.
    Resource,
    /// The row of the operation in `ROUTES`.
    Operation,
}

/// Returns the field that an operation acts on, if it does not act on a whole object.
fn part(route: &Route) -> Option<(Part, &String)> {
    match &route.action {
        Action::GetPart(field) | Action::ReplacePart(field) | Action::DeletePart(field) => {
            let own = route.collection == route.resource;
            Some((if own { Part::Operation } else { Part::Resource }, field))
        }
        Action::Create
        | Action::Get
        | Action::List
        | Action::Update
        | Action::Replace
        | Action::Delete
        | Action::Act
        | Action::Head
        | Action::Unknown => None,
    }
}

/// Returns the types used by collections and bodies, directly or indirectly. Other types need no constant.
fn used_shapes(fake: &Fake) -> impl Iterator<Item = &Shape> {
    let shapes = by_name(fake);
    let items = fake.collections.iter().filter_map(|collection| collection.item.clone());
    let bodies = fake.routes.iter().filter_map(|route| route.body.as_ref()?.name());
    let responses = fake.routes.iter().filter_map(|route| route.returns.as_ref()?.name());
    let mut open: Vec<String> = items.chain(bodies.chain(responses).map(str::to_owned)).collect();
    let mut used = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some(shape) = shapes.get(&name)
            && used.insert(name)
        {
            open.extend(types(shape).filter_map(SchemaType::name).map(str::to_owned));
        }
    }
    let is_used = move |shape: &&Shape| used.contains(&shape.name.to_string());
    fake.shapes.iter().filter(is_used)
}

fn by_name(fake: &Fake) -> BTreeMap<String, &Shape> {
    let named = fake.shapes.iter().map(|shape| (shape.name.to_string(), shape));
    named.collect()
}

/// Returns the types that a shape refers to.
fn types(shape: &Shape) -> Box<dyn Iterator<Item = &SchemaType> + '_> {
    match &shape.kind {
        ShapeKind::Object(fields) => Box::new(fields.iter().flat_map(|field| {
            let sent = field.notes.iter().filter_map(|note| match note {
                Note::Send(ty) => Some(ty),
                _ => None,
            });
            sent.chain([&field.ty])
        })),
        ShapeKind::Union(_, members) => Box::new(members.iter().map(|(_, ty)| ty)),
    }
}

/// Emits rows of the tables, and collects the variants that they use for the imports.
struct Table<'a> {
    fake: &'a Fake,
    shapes: BTreeMap<String, &'a Shape>,
    types: BTreeMap<String, TokenStream>,
    literals: BTreeMap<String, TokenStream>,
}

impl<'a> Table<'a> {
    fn new(fake: &'a Fake) -> Self {
        Self {
            fake,
            shapes: by_name(fake),
            types: BTreeMap::new(),
            literals: BTreeMap::new(),
        }
    }

    fn collection(&self, collection: &Collection) -> TokenStream {
        let (name, path) = (&collection.name, &collection.path);
        let item = collection.item.as_ref().and_then(|item| self.shapes.get(item));
        let item = item.map(|Shape { constant, .. }| quote! { .item(#constant) });
        let parent = collection.parent.as_ref().map(|parent| {
            if collection.nested {
                quote! { .nested_in(#parent) }
            } else {
                quote! { .parent(#parent) }
            }
        });
        let keys = collection.keys.as_ref().map(|fields| quote! { .keys(&[#(#fields),*]) });
        let example = collection.example.as_ref().map(|key| quote! { .example(#key) });
        quote! { Collection::new(#name, #path) #keys #item #example #parent }
    }

    fn route(&mut self, route: &Route) -> TokenStream {
        let operation = &route.operation;
        let (constructor, usual_status) = match &route.action {
            Action::Create => (quote! { create }, 201),
            Action::Get | Action::GetPart(_) => (quote! { get }, 200),
            Action::List => (quote! { list }, 200),
            Action::Update => (quote! { update }, 200),
            Action::Replace | Action::ReplacePart(_) => (quote! { replace }, 200),
            Action::Delete | Action::DeletePart(_) => (quote! { delete }, 204),
            Action::Act => (quote! { act }, 200),
            Action::Head => (quote! { head }, 200),
            Action::Unknown => (quote! { unknown }, 200),
        };
        let part = part(route);
        let is_named = route.collection == route.resource || part.is_some();
        let on = (!is_named)
            .then_some(&route.collection)
            .map(|name| quote! { .on(#name) });
        let part = part.and_then(|(place, field)| match place {
            Part::Resource => None,
            Part::Operation => Some(quote! { .part(#field) }),
        });
        // For other operations, this follows from the nesting of the collection.
        let below = route
            .below
            .as_ref()
            .filter(|_| matches!(route.action, Action::List | Action::Head | Action::Unknown));
        let below = below.map(|below| quote! { .below(#below) });
        let body = route.body.as_ref().map(|body| {
            let body = self.schema_type(body);
            quote! { .body(#body) }
        });
        let returns = route.returns.as_ref().map(|returns| {
            let returns = self.schema_type(returns);
            quote! { .returns(#returns) }
        });
        let query = &route.query;
        let query = (!query.is_empty()).then(|| quote! { .query(&[#(#query),*]) });
        let status = (route.status != usual_status).then(|| {
            let status = proc_macro2::Literal::u16_unsuffixed(route.status);
            quote! { .status(#status) }
        });
        let size = route.size.as_ref().map(|size| {
            let size = page_size(size);
            quote! { .page_size(#size) }
        });
        let condition = condition(feature(self.fake, &route.resource));
        quote! { #condition Route::#constructor(&op::#operation::INFO) #on #part #below #body #returns #query #size #status }
    }

    fn shape(&mut self, shape: &Shape) -> TokenStream {
        let name = &shape.constant;
        let fields: Vec<_> = match &shape.kind {
            ShapeKind::Object(fields) => {
                // The ID prefix is emitted with the `id` field, or with the first field if there is no `id`.
                let id = fields.iter().position(|field| field.name == "id").unwrap_or_default();
                let prefix = |index| shape.id_prefix.as_deref().filter(|_| index == id);
                let fields = fields.iter().enumerate();
                fields.map(|(index, field)| self.field(field, prefix(index))).collect()
            }
            ShapeKind::Union(_, members) => {
                let members = members.iter();
                let member = |(key, ty): &(String, SchemaType)| {
                    let ty = self.schema_type(ty);
                    quote! { Field::new(#key, #ty) }
                };
                members.map(member).collect()
            }
        };
        quote! { static #name: Fields = &[#(#fields),*]; }
    }

    fn field(&mut self, field: &FakeField, id_prefix: Option<&str>) -> TokenStream {
        let (name, ty) = (&field.name, self.schema_type(&field.ty));
        let has = |wanted: fn(&Note) -> bool| field.notes.iter().any(wanted);
        let create = has(|note| matches!(note, Note::Create));
        let update = has(|note| matches!(note, Note::Update));
        let constructor = match (create, update) {
            (false, false) => quote! { new },
            (true, false) => quote! { create_only },
            (false, true) => quote! { update_only },
            (true, true) => quote! { writable },
        };
        let id_prefix = id_prefix.map(|prefix| quote! { .id_prefix(#prefix) });
        let notes = field.notes.iter().map(|note| self.note(note));
        quote! { Field::#constructor(#name, #ty) #id_prefix #(#notes)* }
    }

    fn note(&mut self, note: &Note) -> TokenStream {
        match note {
            // Expressed by the constructor.
            Note::Create | Note::Update => TokenStream::new(),
            Note::Required => quote! { .required() },
            Note::Nullable => quote! { .nullable() },
            Note::Clearable => quote! { .clearable() },
            Note::Hidden => quote! { .write_only() },
            Note::Secret => quote! { .secret() },
            Note::Once => quote! { .once() },
            Note::Complete => quote! { .complete() },
            Note::Additional => quote! { .additional() },
            Note::MaxBytes(bytes) => {
                let bytes = proc_macro2::Literal::u32_unsuffixed(*bytes);
                quote! { .max_bytes(#bytes) }
            }
            Note::Send(ty) => {
                let ty = self.schema_type(ty);
                quote! { .send(#ty) }
            }
            Note::Default(value) => {
                let value = self.literal(value);
                quote! { .default(#value) }
            }
            Note::Example(value) => {
                let value = self.literal(value);
                quote! { .example(#value) }
            }
            Note::ShowsAs(field) => quote! { .shows_as(#field) },
            Note::Children(collection) => quote! { .children(#collection) },
        }
    }

    fn schema_type(&mut self, ty: &SchemaType) -> TokenStream {
        let (variant, content) = match ty {
            SchemaType::Nothing => (quote! { Object }, Some(quote! { (&[] as Fields) })),
            SchemaType::Scalar(Scalar::Quoted(quoted)) => {
                let value = self.schema_type(&SchemaType::Scalar(quoted.unquoted()));
                (quote! { Quoted }, Some(value))
            }
            SchemaType::Scalar(scalar) => (scalar_variant(*scalar), None),
            SchemaType::List(item) => (quote! { List }, Some(self.schema_type(item))),
            SchemaType::Map(item) => (quote! { Map }, Some(self.schema_type(item))),
            SchemaType::Optional(inner) => (quote! { Optional }, Some(self.schema_type(inner))),
            SchemaType::Named(name) => match self.shapes.get(name) {
                Some(Shape { kind, constant, .. }) => {
                    let variant = kind_variant(kind);
                    if let ShapeKind::Union(UnionForm::Tagged(tag), _) = kind {
                        self.types.insert(variant.to_string(), variant.clone());
                        return quote! { #variant(#tag, &#constant) };
                    }
                    (variant, Some(quote! { #constant }))
                }
                None => (quote! { Json }, None),
            },
        };
        let content = content.map(|content| quote! { (&#content) });
        self.types.insert(variant.to_string(), variant.clone());
        quote! { #variant #content }
    }

    fn literal(&mut self, value: &Literal) -> TokenStream {
        let (variant, content) = match value {
            Literal::Boolean(value) => (quote! { Bool }, quote! { #value }),
            Literal::Integer(value) => {
                let value = proc_macro2::Literal::i64_unsuffixed(*value);
                (quote! { Int }, quote! { #value })
            }
            Literal::Number(value) => {
                let value = proc_macro2::Literal::f64_unsuffixed(*value);
                (quote! { Num }, quote! { #value })
            }
            Literal::Text(value) => (quote! { Str }, quote! { #value }),
            Literal::List(values) => {
                let values = values.iter().map(|value| self.literal(value));
                (quote! { Seq }, quote! { &[#(#values),*] })
            }
            Literal::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| {
                    let value = self.literal(value);
                    quote! { (#key, #value) }
                });
                (quote! { Pairs }, quote! { &[#(#entries),*] })
            }
        };
        self.literals.insert(variant.to_string(), variant.clone());
        quote! { #variant(#content) }
    }
}

fn scalar_variant(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String => quote! { Text },
        Scalar::Boolean => quote! { Boolean },
        Scalar::Int32 => quote! { Int32 },
        Scalar::Int64 => quote! { Int64 },
        Scalar::Uint32 => quote! { Uint32 },
        Scalar::Uint64 => quote! { Uint64 },
        Scalar::Float64 => quote! { Float64 },
        Scalar::Timestamp => quote! { Timestamp },
        Scalar::Date => quote! { Date },
        Scalar::Uuid => quote! { Uuid },
        Scalar::Base64 => quote! { Base64 },
        Scalar::Epoch => quote! { Epoch },
        Scalar::EpochMs => quote! { EpochMs },
        Scalar::Quoted(_) => quote! { Quoted },
        Scalar::Json => quote! { Json },
    }
}

fn kind_variant(kind: &ShapeKind) -> TokenStream {
    match kind {
        ShapeKind::Object(_) => quote! { Object },
        ShapeKind::Union(UnionForm::Keyed, _) => quote! { Union },
        ShapeKind::Union(UnionForm::Tagged(_), _) => quote! { Tagged },
        ShapeKind::Union(UnionForm::Untagged, _) => quote! { AnyOf },
    }
}
