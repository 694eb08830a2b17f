//! One way to give a closed list of values its published code and its Chinese name.

/// Declares an enum whose every value has a code (as published in Parquet, read from TOML)
/// and a Chinese name (as county staff read it). One line a value.
#[macro_export]
macro_rules! labelled {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$value_meta:meta])* $value:ident = $code:literal, $zh:literal; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $( $(#[$value_meta])* $value, )+ }

        impl $name {
            /// Every value, in declared order.
            pub const ALL: &[$name] = &[ $( $name::$value, )+ ];

            /// The code as published.
            pub fn code(self) -> &'static str {
                match self { $( $name::$value => $code, )+ }
            }

            /// The name as county staff read it.
            pub fn zh(self) -> &'static str {
                match self { $( $name::$value => $zh, )+ }
            }

            /// The value with this code.
            pub fn from_code(code: &str) -> Option<$name> {
                match code { $( $code => Some($name::$value), )+ _ => None }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                let code = <String as serde::Deserialize>::deserialize(from)?;
                $name::from_code(&code).ok_or_else(|| {
                    let known: Vec<&str> = $name::ALL.iter().map(|it| it.code()).collect();
                    serde::de::Error::custom(format!(
                        "unknown value \"{code}\"; known: {}", known.join(", ")
                    ))
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> ::std::result::Result<S::Ok, S::Error> {
                to.serialize_str(self.code())
            }
        }
    };
}
