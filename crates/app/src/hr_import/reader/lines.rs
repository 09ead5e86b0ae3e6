//! One kind of line end, so that lines are counted as an editor counts them.

use std::io::{self, Read};

/// Turns every line end (`\r\n`, `\r`, `\n`) into `\n`, and ends the last line where the file does not.
pub(super) struct LineEnds<R> {
    source: R,
    after_return: bool,
    last: u8,
}

impl<R: Read> LineEnds<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, after_return: false, last: b'\n' }
    }

    /// Converts in place and says how many bytes remain.
    fn convert(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0;
        for index in 0..bytes.len() {
            let Some(byte) = bytes.get(index).copied() else { break };
            let second_half = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            if second_half {
                continue;
            }
            self.last = if byte == b'\r' { b'\n' } else { byte };
            if let Some(place) = bytes.get_mut(kept) {
                *place = self.last;
                kept += 1;
            }
        }
        kept
    }
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.source.read(buffer)?;
            let Some(bytes) = buffer.get_mut(..read).filter(|bytes| !bytes.is_empty()) else {
                let Some(place) = buffer.first_mut().filter(|_| self.last != b'\n') else { return Ok(0) };
                (*place, self.last) = (b'\n', b'\n');
                return Ok(1);
            };
            let kept = self.convert(bytes);
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}
