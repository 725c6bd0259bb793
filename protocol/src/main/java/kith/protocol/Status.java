package kith.protocol;

/// Whether somebody is there. `INVISIBLE` is only chosen, and told to nobody but oneself; `OFFLINE`
/// is only told.
public enum Status {
  ONLINE,
  IDLE,
  DND,
  INVISIBLE,
  OFFLINE
}
