package kith.protocol;

/// The audience of a privacy setting.
public enum ShownTo {
  EVERYONE,
  CONTACTS,
  NOBODY
}
