//! The blocks of a gathering: parts of the day with a theme, within its hours and none over another.

use chrono::{NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::catalogue::{BlockTemplate, Domain, GatheringTemplate, Texts, Theme};

/// A part of the day with a theme and those who speak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Local begin.
    pub starts: NaiveTime,
    /// Local end.
    pub ends: NaiveTime,
    /// What it is about.
    pub title: Texts,
    /// Who speaks.
    pub speakers: Vec<Texts>,
    /// The theme of the competence plan that it follows.
    pub theme: Option<Theme>,
    /// The domains in which it makes a leader grow.
    pub domains: Vec<Domain>,
}

/// What is wrong with a block's hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockFault {
    /// It ends before it begins.
    EndsBeforeStart,
    /// It begins before the gathering does.
    BeginsTooEarly,
    /// It ends after the gathering does.
    EndsTooLate,
    /// An earlier one of the list takes some of its time.
    Overlaps,
}

/// Local begin and end.
pub type Hours = (NaiveTime, NaiveTime);

impl Block {
    /// The block as a programme plans it.
    pub fn planned(template: &BlockTemplate) -> Self {
        Self {
            starts: template.starts.time(),
            ends: template.ends.time(),
            title: template.title.clone(),
            speakers: template.speakers.clone(),
            theme: Some(template.theme),
            domains: template.domains.clone(),
        }
    }

    /// The block in the words of known ones, where its texts are theirs in one of the languages; one that is known by
    /// its title keeps the theme and the domains too, unless it names its own.
    pub fn in_known_words(self, known: &[Self]) -> Self {
        let speakers = || known.iter().flat_map(|block| &block.speakers);
        let speakers = self.speakers.into_iter().map(|speaker| speaker.or_known(speakers())).collect();
        let title = self.title.or_known(known.iter().map(|block| &block.title));
        let same = known.iter().find(|block| block.title == title);
        Self {
            theme: self.theme.or(same.and_then(|block| block.theme)),
            domains: match (self.domains.as_slice(), same) {
                ([], Some(block)) => block.domains.clone(),
                _ => self.domains,
            },
            title,
            speakers,
            ..self
        }
    }

    fn moved(&self, by: TimeDelta) -> Option<Self> {
        let moved = |time: NaiveTime| match time.overflowing_add_signed(by) {
            (time, 0) => Some(time),
            _ => None,
        };
        Some(Self { starts: moved(self.starts)?, ends: moved(self.ends)?, ..self.clone() })
    }
}

/// What is wrong with a day's blocks, by their index.
pub fn faults(blocks: &[Block], hours: Hours) -> Vec<(usize, BlockFault)> {
    let fault = |index: usize, block: &Block| {
        let mut earlier = blocks.iter().take(index);
        if block.ends <= block.starts {
            Some(BlockFault::EndsBeforeStart)
        } else if block.starts < hours.0 {
            Some(BlockFault::BeginsTooEarly)
        } else if block.ends > hours.1 {
            Some(BlockFault::EndsTooLate)
        } else if earlier.any(|other| block.starts < other.ends && other.starts < block.ends) {
            Some(BlockFault::Overlaps)
        } else {
            None
        }
    };
    blocks.iter().enumerate().filter_map(|(index, block)| Some((index, fault(index, block)?))).collect()
}

/// The blocks of a gathering whose begin moves: they keep their distance from it. None when one would pass midnight.
pub fn along(blocks: &[Block], from: NaiveTime, to: NaiveTime) -> Option<Vec<Block>> {
    blocks.iter().map(|block| block.moved(to - from)).collect()
}

/// A programme's blocks in a gathering of other hours: they begin with it, and what would lie behind its end is cut
/// off. True when something was.
pub fn planned(template: &GatheringTemplate, hours: Hours) -> (Vec<Block>, bool) {
    let by = hours.0 - template.starts.time();
    let all: Vec<Block> = template.blocks.iter().map(Block::planned).collect();
    let blocks: Vec<Block> = all
        .iter()
        .filter_map(|block| block.moved(by).or_else(|| passing_midnight(block, by)))
        .filter(|block| block.starts < hours.1)
        .map(|block| Block { ends: block.ends.min(hours.1), ..block })
        .collect();
    let whole = |(kept, planned): (&Block, &Block)| kept.ends - kept.starts == planned.ends - planned.starts;
    let cut = blocks.len() < all.len() || !blocks.iter().zip(&all).all(whole);
    (blocks, cut)
}

/// A block that begins before midnight and would end after it, up to the day's last minute.
fn passing_midnight(block: &Block, by: TimeDelta) -> Option<Block> {
    let begin = Block { ends: block.starts, ..block.clone() }.moved(by)?;
    Some(Block { ends: NaiveTime::from_hms_opt(23, 59, 59)?, ..begin })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::shipped::catalogue;

    fn hour(text: &str) -> NaiveTime {
        format!("{text}:00").parse().unwrap()
    }

    fn block(starts: &str, ends: &str) -> Block {
        Block {
            starts: hour(starts),
            ends: hour(ends),
            title: Texts::same("Tema"),
            speakers: Vec::new(),
            theme: None,
            domains: Vec::new(),
        }
    }

    fn hours(blocks: &[Block]) -> Vec<String> {
        let short = |time: NaiveTime| time.format("%H:%M").to_string();
        blocks.iter().map(|block| format!("{}-{}", short(block.starts), short(block.ends))).collect()
    }

    fn first_day() -> GatheringTemplate {
        catalogue().programme("onboarding").unwrap().gatherings[0].clone()
    }

    #[test]
    fn blocks_lie_within_the_gathering_and_none_over_another() {
        let day = (hour("09:00"), hour("15:00"));
        let touching = [block("12:00", "15:00"), block("09:00", "12:00")];
        assert_eq!(faults(&touching, day), []);
        let wrong = [
            block("08:30", "09:30"),
            block("10:00", "12:00"),
            block("11:59", "13:00"),
            block("14:00", "13:30"),
            block("14:30", "15:01"),
        ];
        let expected = [
            (0, BlockFault::BeginsTooEarly),
            (2, BlockFault::Overlaps),
            (3, BlockFault::EndsBeforeStart),
            (4, BlockFault::EndsTooLate),
        ];
        assert_eq!(faults(&wrong, day), expected);
    }

    #[test]
    fn blocks_follow_a_gathering_that_moves_but_not_past_midnight() {
        let day = [block("09:00", "11:30"), block("12:15", "15:30")];
        let later = along(&day, hour("09:00"), hour("10:30")).unwrap();
        assert_eq!(hours(&later), ["10:30-13:00", "13:45-17:00"]);
        let back = along(&later, hour("10:30"), hour("08:00")).unwrap();
        assert_eq!(hours(&back), ["08:00-10:30", "11:15-14:30"]);
        assert_eq!(along(&day, hour("09:00"), hour("18:00")), None);
    }

    #[test]
    fn a_programmes_blocks_are_cut_to_the_hours_chosen() {
        let template = first_day();
        let (blocks, cut) = planned(&template, (hour("09:00"), hour("15:30")));
        assert_eq!(
            (hours(&blocks), cut),
            (vec!["09:00-11:30".into(), "12:15-14:00".into(), "14:15-15:30".into()], false)
        );
        let (blocks, cut) = planned(&template, (hour("10:00"), hour("17:00")));
        assert_eq!((hours(&blocks).last().unwrap().as_str(), cut), ("15:15-16:30", false));
        let (blocks, cut) = planned(&template, (hour("09:00"), hour("13:00")));
        assert_eq!((hours(&blocks), cut), (vec!["09:00-11:30".into(), "12:15-13:00".into()], true));
        let (blocks, cut) = planned(&template, (hour("22:00"), hour("23:30")));
        assert_eq!((hours(&blocks), cut), (vec!["22:00-23:30".into()], true));
    }

    #[test]
    fn a_block_sent_back_as_it_was_read_keeps_its_languages_theme_and_domains() {
        let template = first_day();
        let known: Vec<Block> = template.blocks.iter().map(Block::planned).collect();
        let read = Block {
            title: Texts::same(known[1].title.nn.clone()),
            speakers: vec![Texts::same("HR-rådgivar"), Texts::same("Kari Nordmann")],
            ..block("12:00", "13:00")
        };
        let kept = read.in_known_words(&known);
        assert_eq!(kept.title, known[1].title);
        assert_eq!((kept.theme, &kept.domains), (known[1].theme, &known[1].domains));
        assert_eq!(kept.speakers, [known[1].speakers[0].clone(), Texts::same("Kari Nordmann")]);
        let own =
            Block { theme: Some(Theme::Communication), ..block("12:00", "13:00") }.in_known_words(&known);
        assert_eq!((own.title, own.theme), (Texts::same("Tema"), Some(Theme::Communication)));
    }
}
