//! The questions to the kernel of macOS; see [`super`].

use proc_pidinfo::{
    Fd, Pid, PipeFdInfo, ProcBSDShortInfo, ProcFDInfo, ProcFDType, VnodeFdInfo, proc_pidfdinfo,
    proc_pidinfo, proc_pidinfo_list,
};
use sysctl::{Ctl, CtlType, CtlValue, Sysctl};
use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};

use super::{
    super::{Processes, Stream},
    shown::{self, Told},
};

/// The processes of this machine.
#[derive(Debug, Clone, Copy)]
pub struct MacOs;

fn status(process: u32) -> Option<ProcBSDShortInfo> {
    proc_pidinfo(Pid(process)).ok()?
}

/// All processes, a row for each. Asked by its name: by its number the library asks first what form it has, which the kernel
/// does not say.
fn table() -> Option<Vec<u8>> {
    let table = Ctl::Name("kern.proc.all".to_owned(), CtlType::Node, String::new());
    match table.value() {
        Ok(CtlValue::Node(rows)) => Some(rows),
        _ => None,
    }
}

/// What is told of one process. No other one's words and variables are read.
fn told(process: u32) -> Option<Told> {
    let process = sysinfo::Pid::from_u32(process);
    let wanted = ProcessRefreshKind::nothing()
        .with_cmd(UpdateKind::Always)
        .with_environ(UpdateKind::Always);
    let mut system = System::new();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[process]), false, wanted);
    let found = system.process(process)?;
    Some(Told {
        name: found.name().to_owned(),
        words: found.cmd().to_vec(),
        variables: found.environ().to_vec(),
    })
}

/// Whether we have a variable of that name, as those beside us have then.
fn is_ours(name: &str) -> bool {
    std::env::var_os(name).is_some()
}

impl Processes for MacOs {
    fn own(&self) -> u32 {
        std::process::id()
    }

    fn parent(&self, process: u32) -> Option<u32> {
        let Pid(parent) = status(process)?.pbsi_ppid;
        (parent > 0).then_some(parent)
    }

    fn group(&self, process: u32) -> Option<u32> {
        Some(status(process)?.pbsi_pgid)
    }

    fn children(&self, process: u32) -> Vec<u32> {
        shown::children(&table().unwrap_or_default(), process)
    }

    fn words(&self, process: u32) -> Vec<String> {
        told(process).map_or_else(Vec::new, |told| told.words(is_ours))
    }

    fn tells_every_word(&self) -> bool {
        // Empty ones are missing.
        false
    }

    fn stream(&self, process: u32, number: u8) -> Option<Stream> {
        let (process, number) = (Pid(process), Fd(number.into()));
        let all: Vec<ProcFDInfo> = proc_pidinfo_list(process).ok()?;
        let found = all.iter().find(|one| one.proc_fd == number)?;
        Some(match found.fd_type() {
            Ok(ProcFDType::PIPE) => {
                let found: PipeFdInfo = proc_pidfdinfo(process, number).ok()??;
                shown::pipe(found.pipe_info.pipe_handle, found.pipe_info.pipe_peerhandle)
            }
            Ok(ProcFDType::VNODE) => {
                let found: VnodeFdInfo = proc_pidfdinfo(process, number).ok()??;
                shown::file(found.pvi.vi_stat.vst_mode)
            }
            _ => Stream::Other,
        })
    }

    fn variables(&self, process: u32) -> Option<Vec<(String, String)>> {
        told(process)?.variables(is_ours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_a_pipe_are_the_same_one() {
        use std::os::fd::AsRawFd;
        let (read, write) = std::io::pipe().expect("a pipe");
        let of = |number: i32| MacOs.stream(MacOs.own(), number.try_into().expect("small"));
        let (read, write) = (of(read.as_raw_fd()), of(write.as_raw_fd()));
        assert!(matches!(read, Some(Stream::Pipe(_))), "{read:?}");
        assert_eq!(read, write);
    }

    #[test]
    fn our_own_variables_are_seen_as_far_as_they_are_wanted() {
        let variables = MacOs.variables(MacOs.own()).expect("they are ours");
        let home = std::env::var("HOME").expect("it is set");
        assert!(variables.contains(&("HOME".to_owned(), home)));
        assert!(variables.iter().all(|(name, _)| name != "PATH"));
    }
}
