import { badInput, blocked, finding } from "./entry.js";

/** What commands refuse. */
export const COMMAND = {
  "cli.usage": badInput(
    "A command, an option or their combination is not known.",
    "See the command's `--help`.",
  ),
  "cli.missing_file": badInput(
    "A file that was named on the command line is not there, or cannot be read.",
    "Check the path and its permissions.",
  ),
  "cli.unknown_code": badInput(
    "There is no code of the name to explain.",
    "`retl-meta explain` lists them all.",
  ),
  "cli.bug": finding(
    "This software did something that it should not be able to do.",
    "Run it again with `--debug` and report what it prints; look at it first, since it may quote your data.",
  ),
  "init.exists": badInput(
    "The folder has files already that a new project would bring. Nothing was written.",
    "Name another folder, or move these files away.",
  ),
  "init.unwritable": badInput(
    "The project cannot be written to the folder.",
    "Check the folder and who may write there.",
  ),
  "ledger.unknown_batch": badInput(
    "The ledger has no request of that id.",
    "`retl-meta ledger list` shows them; ids look like `12-3`.",
  ),
  "ledger.refused": badInput(
    "There is nothing to decide about the request: the message says why.",
    "Do as it says; nothing was changed.",
  ),
  "audiences.unlisted": finding(
    "Meta does not list the audiences of the ad account now.",
    "Do what the message asks for, and try again.",
  ),
  "audiences.forbidden": blocked(
    "The token may not list the audiences of the ad account.",
    "`retl-meta doctor` finds what it lacks.",
  ),
  "targets.unknown": badInput(
    "The store knows no audience by the name.",
    "`retl-meta targets list` shows them. One that `targets:` gives by its id is in no list: `sync --full-refresh` sends everything to it again.",
  ),
  "targets.several": badInput(
    "Several audiences have the name.",
    "Say which one is meant: with `--account`, and for `targets release` by its id in place of the name.",
  ),
  "targets.elsewhere": badInput(
    "The audience of the name is in another ad account.",
    "Say with `--account` which one is meant.",
  ),
  "targets.not_owned": badInput(
    "No sync keeps the audience, so there is nothing to release.",
    "Correct the name, or leave it: whichever sync next sends people to it keeps it.",
  ),
  "targets.under_way": badInput(
    "A run of the sync that keeps the audience has not ended.",
    "Release the audience when it has.",
  ),
  "forget.unknown_audience": badInput(
    "No audience that the store knows has the id that is said to be gone. Nothing was done.",
    "The report of `forget` names the ids of audiences that were not found. Correct the id, or leave it out.",
  ),
  "forget.unread_column": badInput(
    "A column of the file is no type of identifier that the mapping reads, so nobody would be found by it. Nothing was done.",
    "Rename the column to one that the mapping reads, or take it out.",
  ),
  "forget.no_store": badInput(
    "The library's destination has no store, and so does not know where anybody was added. Nothing was done.",
    "Load it with the `store` of the runs that filled the audiences.",
  ),
  "forget.unread_type": badInput(
    "An identifier that was given is of no type that the mapping reads, so nobody would be found by it. Nothing was done.",
    "Give a type that the mapping reads, or leave the identifier out.",
  ),
  "forget.wrong_surface": badInput(
    "The library's destination was loaded with a mapping of events, by which nobody is removed.",
    "Load it with the mapping by which the audiences were filled.",
  ),
  "emulator.port": badInput(
    "The emulator cannot listen at the port.",
    "Choose another one with `--port`, or leave it out.",
  ),
  "emulator.not_loopback": badInput(
    "The emulator's URL is not of this machine.",
    "Give a URL like `http://127.0.0.1:4025`.",
  ),
  "emulator.unreachable": badInput(
    "No emulator answers at the URL.",
    "Start one with `retl-meta emulator`, or correct the URL.",
  ),
};
