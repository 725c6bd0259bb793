package kith.terminal.layout;

/// The meaning of a piece of text, to which a theme assigns a style.
public enum Tone {
  PLAIN,
  QUIET,
  STRONG,
  EMPHASIS,
  HEADING,
  STRUCK,
  CODE,
  KEYWORD,
  STRING,
  COMMENT,
  LINK,
  MISSPELLED,
  MENTION,
  FOUND,
  SENDER,
  ERROR,
  WAITING,
  GOOD,
  UNREAD,
  BAR,
  CHOSEN,
  BORDER
}
