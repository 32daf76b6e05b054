//! `fake.rs`: the table that a fake of the API goes by, as entries of the fake's own macros.

use proc_macro2::TokenStream;
use quote::quote;

use super::api::option;
use crate::rust::ir::{
    Action, Collection, Fake, FakeField, FakeRules, Literal, Note, Route, Scalar, SchemaType, Shape, ShapeKind,
};

pub fn emit(fake: &Fake) -> TokenStream {
    let rules = rules(&fake.rules);
    let collections = fake.collections.iter().map(collection);
    let seeds = fake.collections.iter().filter_map(seed);
    let routes = fake.routes.iter().map(route);
    let shapes = fake.shapes.iter().map(shape);
    quote! {
        use crate::fake::{Rules, Table, collections, routes, seeds, shapes};

        #[doc = " What a fake of this API goes by."]
        pub(crate) const TABLE: Table = Table {
            rules: #rules,
            collections: COLLECTIONS,
            routes: ROUTES,
            shapes: SHAPES,
        };

        collections!({ #(#collections,)* });
        seeds!({ #(#seeds,)* });
        routes!({ #(#routes,)* });
        shapes!({ #(#shapes,)* });
    }
}

fn rules(rules: &FakeRules) -> TokenStream {
    let limit = option(rules.limit.as_ref());
    let most = option(rules.most.map(proc_macro2::Literal::u32_unsuffixed));
    let before = option(rules.before.as_ref());
    let filter = option(rules.filter.as_ref());
    let status = option(rules.status.as_ref());
    let operation_id = option(rules.operation_id.as_ref());
    let codes = rules.codes.iter().map(|(status, code)| {
        let status = proc_macro2::Literal::u16_unsuffixed(*status);
        quote! { (#status, #code) }
    });
    quote! {
        Rules {
            limit: #limit,
            most: #most,
            before: #before,
            filter: #filter,
            status: #status,
            codes: &[#(#codes),*],
            operation_id: #operation_id,
        }
    }
}

fn collection(collection: &Collection) -> TokenStream {
    let (name, path) = (&collection.name, &collection.path);
    let item = collection.item.as_ref().map(|item| quote! { item(#item) });
    let parent = collection.parent.as_ref().map(|parent| quote! { parent(#parent) });
    let nested = collection.nested.then(|| quote! { nested });
    quote! { #name => at(#path) #item #parent #nested }
}

fn seed(collection: &Collection) -> Option<TokenStream> {
    let (model, name) = (collection.seed.as_ref()?, &collection.name);
    Some(quote! { #model => #name })
}

fn route(route: &Route) -> TokenStream {
    let (operation, collection) = (&route.operation, &route.collection);
    let action = match &route.action {
        Action::Create => quote! { Create },
        Action::Get => quote! { Get },
        Action::List => quote! { List },
        Action::Update => quote! { Update },
        Action::Replace => quote! { Replace },
        Action::Delete => quote! { Delete },
        Action::GetPart(field) => quote! { GetPart(#field) },
        Action::ReplacePart(field) => quote! { ReplacePart(#field) },
        Action::DeletePart(field) => quote! { DeletePart(#field) },
        Action::Act => quote! { Act },
        Action::Unknown => quote! { Unknown },
    };
    let below = route.below.as_ref().map(|below| quote! { below(#below) });
    let body = route.body.as_ref().map(|body| {
        let body = schema_type(body);
        quote! { body(#body) }
    });
    let query = &route.query;
    let query = (!query.is_empty()).then(|| quote! { query(&[#(#query),*]) });
    let status = (route.status != 200).then(|| {
        let status = proc_macro2::Literal::u16_unsuffixed(route.status);
        quote! { status(#status) }
    });
    quote! { #operation => #action of(#collection) #below #body #query #status }
}

fn shape(shape: &Shape) -> TokenStream {
    let name = &shape.name;
    let prefix = shape.id_prefix.as_ref().map(|prefix| quote! { (#prefix) });
    match &shape.kind {
        ShapeKind::Object(fields) => {
            let fields = fields.iter().map(field);
            quote! { object #name #prefix { #(#fields,)* } }
        }
        ShapeKind::Union(variants) => {
            let variants = variants.iter().map(|(key, ty)| {
                let ty = schema_type(ty);
                quote! { #key: #ty }
            });
            quote! { union #name #prefix { #(#variants,)* } }
        }
    }
}

fn field(field: &FakeField) -> TokenStream {
    let (name, ty) = (&field.name, schema_type(&field.ty));
    let notes = field.notes.iter().map(note);
    let arrow = (!field.notes.is_empty()).then(|| quote! { => });
    quote! { #name: #ty #arrow #(#notes)* }
}

fn note(note: &Note) -> TokenStream {
    match note {
        Note::Create => quote! { create },
        Note::Required => quote! { required },
        Note::Update => quote! { update },
        Note::Clearable => quote! { clearable },
        Note::Hidden => quote! { hidden },
        Note::Secret => quote! { secret },
        Note::Once => quote! { once },
        Note::MaxBytes(bytes) => {
            let bytes = proc_macro2::Literal::u32_unsuffixed(*bytes);
            quote! { max_bytes(#bytes) }
        }
        Note::Send(ty) => {
            let ty = schema_type(ty);
            quote! { send(#ty) }
        }
        Note::Default(value) => {
            let value = literal(value);
            quote! { default(#value) }
        }
        Note::Example(value) => {
            let value = literal(value);
            quote! { example(#value) }
        }
        Note::ShowsAs(field) => quote! { shows_as(#field) },
        Note::Children(collection) => quote! { children(#collection) },
    }
}

fn schema_type(ty: &SchemaType) -> TokenStream {
    match ty {
        SchemaType::Scalar(scalar) => match scalar {
            Scalar::String => quote! { Text },
            Scalar::Boolean => quote! { Boolean },
            Scalar::Int32 => quote! { Int32 },
            Scalar::Int64 => quote! { Int64 },
            Scalar::Uint32 => quote! { Uint32 },
            Scalar::Uint64 => quote! { Uint64 },
            Scalar::Float64 => quote! { Float64 },
            Scalar::Timestamp => quote! { Timestamp },
            Scalar::Json => quote! { Json },
        },
        SchemaType::List(item) => {
            let item = schema_type(item);
            quote! { List(&#item) }
        }
        SchemaType::Map(item) => {
            let item = schema_type(item);
            quote! { Map(&#item) }
        }
        SchemaType::Optional(inner) => {
            let inner = schema_type(inner);
            quote! { Optional(&#inner) }
        }
        SchemaType::Named(name) => quote! { Object(#name) },
    }
}

fn literal(value: &Literal) -> TokenStream {
    match value {
        Literal::Boolean(value) => quote! { Bool(#value) },
        Literal::Integer(value) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            quote! { Int(#value) }
        }
        Literal::Number(value) => {
            let value = proc_macro2::Literal::f64_unsuffixed(*value);
            quote! { Num(#value) }
        }
        Literal::Text(value) => quote! { Str(#value) },
        Literal::List(values) => {
            let values = values.iter().map(literal);
            quote! { Seq(&[#(#values),*]) }
        }
        Literal::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = literal(value);
                quote! { (#key, #value) }
            });
            quote! { Entries(&[#(#entries),*]) }
        }
    }
}
