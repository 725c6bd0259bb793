package kith.protocol;

/// Every way a node says no. The wire spelling is stable: it is never changed or reused.
public enum Code {
  // what was sent could not be understood
  MALFORMED_JSON("malformed-json"),
  UNKNOWN_TYPE("unknown-type"),
  BAD_FIELD("bad-field"),
  FRAME_TOO_LARGE("frame-too-large"),
  BINARY_NOT_SUPPORTED("binary-not-supported"),
  NOT_FOUND("not-found"),
  METHOD_NOT_ALLOWED("method-not-allowed"),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type"),
  BODY_TOO_LARGE("body-too-large"),

  // the life of a connection
  HELLO_EXPECTED("hello-expected"),
  HELLO_REPEATED("hello-repeated"),
  HELLO_TIMEOUT("hello-timeout"),
  SILENT("silent"),
  NO_PROGRESS("no-progress"),
  TOO_MANY_CONNECTIONS("too-many-connections"),
  ORIGIN_NOT_ALLOWED("origin-not-allowed"),
  GOING_AWAY("going-away"),

  // who is asking
  UNAUTHENTICATED("unauthenticated"),
  DEVICE_ENDED("device-ended"),
  WRONG_CREDENTIALS("wrong-credentials"),
  TOO_MANY_ATTEMPTS("too-many-attempts"),
  USER_NAME_TAKEN("user-name-taken"),
  BAD_USER_NAME("bad-user-name"),
  PASSWORD_TOO_SHORT("password-too-short"),
  PASSWORD_TOO_LONG("password-too-long"),
  PASSWORD_TOO_COMMON("password-too-common"),
  UNKNOWN_USER("unknown-user"),
  UNKNOWN_DEVICE("unknown-device"),
  TOO_MANY_DEVICES("too-many-devices"),

  // rooms
  UNKNOWN_ROOM("unknown-room"),
  NOT_A_MEMBER("not-a-member"),
  NOT_ALLOWED("not-allowed"),
  ROOM_NAME_TAKEN("room-name-taken"),
  PASSCODE_REQUIRED("passcode-required"),
  WRONG_PASSCODE("wrong-passcode"),
  ROOM_FULL("room-full"),
  BANNED("banned"),
  KICKED("kicked"),
  TOO_MANY_ROOMS("too-many-rooms"),
  UNKNOWN_MEMBER("unknown-member"),
  LAST_OWNER("last-owner"),
  UNKNOWN_INVITATION("unknown-invitation"),
  TOO_MANY_INVITATIONS("too-many-invitations"),
  TOO_MANY_BANS("too-many-bans"),
  ROOM_DELETED("room-deleted"),

  // messages
  ROOM_NOT_OPEN("room-not-open"),
  TOO_MANY_OPEN_ROOMS("too-many-open-rooms"),
  EMPTY_BODY("empty-body"),
  BODY_TOO_LONG("body-too-long"),
  UNKNOWN_MESSAGE("unknown-message"),
  NOT_YOUR_MESSAGE("not-your-message"),
  MESSAGE_REDACTED("message-redacted"),
  ID_REUSED("id-reused"),
  RATE_LIMITED("rate-limited"),
  UNAVAILABLE("unavailable"),
  INTERNAL("internal");

  private final String wire;

  Code(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }
}
