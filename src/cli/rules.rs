//! `bulou rules`: the catalogue of findings, or one rule's manual.

use crate::{
    diagnostic::{Lang, Message},
    error::{Error, Result},
    findings::RULES,
};

#[derive(clap::Args)]
pub struct Args {
    /// One rule: its code
    code: Option<String>,
    /// The rule's own source code as well, for an auditor
    #[arg(long, requires = "code")]
    source: bool,
}

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let Some(code) = &args.code else {
        for rule in RULES {
            let owner = match lang {
                Lang::Zh => rule.owner.zh(),
                Lang::En => rule.owner.code(),
            };
            println!("{}  {:30} {owner:22} {}", rule.code, rule.name, rule.zh);
        }
        return Ok(0);
    };
    let rule = RULES.iter().find(|it| it.code.eq_ignore_ascii_case(code)).ok_or_else(|| {
        Error::Usage(Message::new(
            format!("没有规则 {code}；用 bulou rules 查看全部"),
            format!("there is no rule {code}; `bulou rules` lists them all"),
        ))
    })?;
    println!("{}", if args.source { rule.source.to_string() } else { rule.manual() });
    Ok(0)
}
