//! `varde schema`

use crate::output;

pub(crate) fn run() {
    output::line(varde_gateway::schema::sdl().trim_end());
}
