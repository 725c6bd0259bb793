package kith.protocol;

/// To whom an account shows something of itself.
public enum ShownTo {
  EVERYONE,
  CONTACTS,
  NOBODY
}
