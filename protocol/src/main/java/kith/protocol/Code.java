package kith.protocol;

/// The error codes of a node. The wire spelling is stable: it is never changed or reused.
public enum Code {
  // requests and frames that cannot be understood
  MALFORMED_JSON("malformed-json", "This is not valid JSON."),
  UNKNOWN_TYPE("unknown-type", "This frame type is unknown."),
  BAD_FIELD("bad-field", "A field is missing or wrong."),
  PROTOCOL_ERROR("protocol-error", "This violates the WebSocket protocol (RFC 6455)."),
  NOT_UTF8("not-utf8", "Text must be UTF-8."),
  MALFORMED_REQUEST("malformed-request", "This HTTP request is malformed or not supported."),
  FRAME_TOO_LARGE("frame-too-large", "The frame is larger than the limit."),
  BINARY_NOT_SUPPORTED("binary-not-supported", "Send text frames."),
  NOT_FOUND("not-found", "This path does not exist."),
  METHOD_NOT_ALLOWED("method-not-allowed", "This path does not support this method."),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", "Send application/json."),
  BODY_TOO_LARGE("body-too-large", "The request body is larger than the limit."),
  REQUEST_TIMEOUT("request-timeout", "The request was not received in time."),

  // connections
  HELLO_EXPECTED("hello-expected", "The first frame must be 'hello'."),
  HELLO_REPEATED("hello-repeated", "This socket has already sent 'hello'."),
  HELLO_TIMEOUT("hello-timeout", "No 'hello' was received in time."),
  SILENT("silent", "The client sent nothing for too long."),
  NO_PROGRESS("no-progress", "The client accepted no data for too long."),
  TOO_MANY_CONNECTIONS("too-many-connections", "This node has too many connections."),
  ORIGIN_NOT_ALLOWED("origin-not-allowed", "Pages of this origin may not use this node."),
  HOST_NOT_ALLOWED(
      "host-not-allowed", "This node does not have this host name (kith.http.allowed-hosts)."),
  GOING_AWAY("going-away", "This node is shutting down."),

  // authentication, accounts and contacts
  UNAUTHENTICATED("unauthenticated", "The access token is missing or not valid."),
  DEVICE_ENDED("device-ended", "This device was logged out."),
  ACCOUNT_DISABLED("account-disabled", "An administrator has disabled this account."),
  NETWORK_BANNED("network-banned", "An administrator has banned the network of your address."),
  WRONG_CREDENTIALS("wrong-credentials", "The user name or the password is wrong."),
  SECOND_FACTOR_REQUIRED(
      "second-factor-required", "This account also needs the code of its second factor."),
  WRONG_CODE("wrong-code", "The code is wrong, or was used before."),
  TICKET_EXPIRED("ticket-expired", "This took too long; begin again."),
  SECOND_FACTOR_SETUP_REQUIRED(
      "second-factor-setup-required",
      "This server requires a second factor; set one up: kith account second-factor on"),
  SECOND_FACTOR_ON("second-factor-on", "This account already has a second factor."),
  SECOND_FACTOR_OFF("second-factor-off", "This account has no second factor."),
  NO_PASSWORD("no-password", "This account has no password."),
  PASSWORDS_OFF("passwords-off", "On this server, people sign in with an identity provider."),
  UNKNOWN_PROVIDER("unknown-provider", "This server has no such identity provider."),
  PROVIDER_UNAVAILABLE(
      "provider-unavailable", "The identity provider does not answer correctly; try again."),
  SIGN_IN_PENDING("sign-in-pending", "This sign-in has not been approved yet."),
  SIGN_IN_REFUSED("sign-in-refused", "The identity provider refused this sign-in."),
  SIGN_IN_AGAIN(
      "sign-in-again",
      "The server can no longer check this device with the identity provider: sign in again."),
  NAME_NEEDED("name-needed", "Choose a user name for the new account."),
  IDENTITY_LINKED("identity-linked", "This identity already belongs to an account."),
  UNKNOWN_IDENTITY("unknown-identity", "This account has no identity at this provider."),
  LAST_IDENTITY(
      "last-identity", "Without a password, an account keeps its last identity, to sign in."),
  TOO_MANY_ATTEMPTS("too-many-attempts", "Too many attempts; try again later."),
  USER_NAME_TAKEN("user-name-taken", "This user name is taken."),
  SIGN_UP_CLOSED("sign-up-closed", "This server accepts no new accounts."),
  INVITATION_REQUIRED("invitation-required", "Signing up on this server needs an invitation."),
  BAD_USER_NAME("bad-user-name", "This is not a valid user name."),
  PASSWORD_TOO_SHORT("password-too-short", "A password needs at least 8 characters."),
  PASSWORD_TOO_LONG("password-too-long", "A password can have at most 1,024 bytes."),
  PASSWORD_TOO_COMMON("password-too-common", "This password is one of the most common ones."),
  TOO_MANY_BLOCKED("too-many-blocked", "You have blocked too many people."),
  TOO_MANY_CONTACTS("too-many-contacts", "You have too many contacts and requests."),
  REQUEST_REQUIRED(
      "request-required",
      "This user does not accept conversations from everyone; send a request with a first"
          + " message."),
  TOO_MANY_REQUESTS(
      "too-many-requests",
      "You cannot send this request yet: too many are unanswered, or you withdrew one to this"
          + " user."),
  UNKNOWN_USER("unknown-user", "There is no such user."),
  UNKNOWN_DEVICE("unknown-device", "There is no such device."),
  TOO_MANY_DEVICES("too-many-devices", "This account has too many devices; log one out first."),
  TOO_MANY_BOTS("too-many-bots", "You have too many bots; remove one first."),
  BOT_NOT_ALLOWED("bot-not-allowed", "The token of this bot does not allow that."),

  // rooms
  UNKNOWN_ROOM("unknown-room", "There is no such room."),
  NOT_A_MEMBER("not-a-member", "You are not a member of this room."),
  NOT_ALLOWED("not-allowed", "Your role does not allow that."),
  ROOM_NAME_TAKEN("room-name-taken", "Another public room has this name."),
  PASSCODE_REQUIRED("passcode-required", "This room needs a passcode."),
  PASSCODE_TOO_SHORT("passcode-too-short", "This passcode is too short."),
  WRONG_PASSCODE("wrong-passcode", "The passcode is wrong."),
  ROOM_FULL("room-full", "This room is full."),
  BANNED("banned", "You are banned from this room."),
  KICKED("kicked", "You were removed from this room."),
  TOO_MANY_ROOMS("too-many-rooms", "This account is a member of too many rooms."),
  UNKNOWN_MEMBER("unknown-member", "That user is not a member of this room."),
  LAST_OWNER("last-owner", "The last owner must appoint another owner first."),
  UNKNOWN_INVITATION("unknown-invitation", "This invitation does not exist or is no longer valid."),
  TOO_MANY_INVITATIONS("too-many-invitations", "This room has too many open invitations."),
  TOO_MANY_BANS("too-many-bans", "This room has too many bans."),
  TOO_MANY_MUTES("too-many-mutes", "This room has too many mutes; end one first."),
  TOO_MANY_REPORTS("too-many-reports", "This room has too many open reports."),
  APPROVAL_REQUIRED(
      "approval-required", "The moderators of this room approve who joins: send a request."),
  APPROVAL_NOT_REQUIRED(
      "approval-not-required", "You can join this room, or are a member, without a request."),
  JOIN_DECLINED("join-declined", "A moderator has declined your request; you can ask again later."),
  TOO_MANY_JOIN_REQUESTS(
      "too-many-join-requests",
      "You have too many requests to join rooms, or this room has too many."),
  UNKNOWN_JOIN_REQUEST("unknown-join-request", "This user has no request to join."),
  UNKNOWN_REPORT("unknown-report", "There is no such report."),
  REPORT_HANDLED("report-handled", "This report has already been handled."),
  TOO_MANY_ANNOUNCEMENTS(
      "too-many-announcements", "Too many announcements are valid; withdraw one first."),
  ROOM_DELETED("room-deleted", "This room was deleted."),

  CLOSED("closed", "You closed this room."),

  // messages
  ROOM_NOT_OPEN("room-not-open", "Open the room first."),
  TOO_MANY_OPEN_ROOMS("too-many-open-rooms", "This socket has too many rooms open."),
  ROOM_ARCHIVED(
      "room-archived", "An administrator has archived this room: it can be read, but not changed."),
  READ_ONLY("read-only", "Only moderators and owners write in this room."),
  SLOW_MODE("slow-mode", "This room is in slow mode."),
  MUTED("muted", "A moderator has muted you in this room."),
  EMPTY_BODY("empty-body", "The body is blank."),
  BODY_TOO_LONG("body-too-long", "The body is longer than the limit."),
  TEXT_NOT_ACCEPTED(
      "text-not-accepted", "This server does not accept a word or a link in this text."),
  UNKNOWN_MESSAGE("unknown-message", "There is no such message in this room."),
  NOT_YOUR_MESSAGE("not-your-message", "This message is not yours."),
  MESSAGE_REDACTED("message-redacted", "This message was redacted."),
  ALREADY_REACTED("already-reacted", "You have already reacted with this emoji."),
  NOT_REACTED("not-reacted", "You have not reacted with this emoji."),
  TOO_MANY_REACTIONS("too-many-reactions", "This message has too many reactions."),
  ALREADY_PINNED("already-pinned", "This message is already pinned."),
  NOT_PINNED("not-pinned", "This message is not pinned."),
  TOO_MANY_PINS("too-many-pins", "There are too many pinned messages. Unpin one first."),
  TOO_MANY_BOOKMARKS("too-many-bookmarks", "You have too many bookmarks. Remove one first."),
  TOO_MANY_THREADS("too-many-threads", "You follow too many threads. Unfollow one first."),
  TOO_MANY_REMINDERS("too-many-reminders", "You have too many reminders. Remove one first."),
  UNKNOWN_FILE("unknown-file", "There is no such file."),
  FILE_TOO_LARGE("file-too-large", "The file is larger than the limit."),
  FILE_INCOMPLETE("file-incomplete", "The upload of this file is incomplete."),
  FILE_BEING_CHECKED("file-being-checked", "The file is still being checked; try again."),
  FILE_INFECTED("file-infected", "The server's scanner refused the file, and it was destroyed."),
  BAD_PICTURE("bad-picture", "This is not a picture, or it is damaged or too large."),
  NO_PICTURE("no-picture", "This user has uploaded no picture."),
  NO_THUMBNAIL("no-thumbnail", "This file has no thumbnail."),
  FILE_ALREADY_SENT("file-already-sent", "The file already belongs to another message."),
  WRONG_OFFSET("wrong-offset", "The upload continues at another offset."),
  WRONG_DIGEST("wrong-digest", "The content of the file does not match its SHA-256."),
  TOO_MANY_UPLOADS("too-many-uploads", "You have too many files that no message names."),
  QUOTA_EXCEEDED("quota-exceeded", "There is no space left for this file."),
  RANGE_NOT_SATISFIABLE("range-not-satisfiable", "The file has no bytes in this range."),
  UNKNOWN_HOOK("unknown-hook", "There is no such webhook, or it has ended."),
  TOO_MANY_HOOKS("too-many-hooks", "This room has too many webhooks; remove one first."),
  UNKNOWN_COMMAND("unknown-command", "This room has no such command, or its bot has left."),
  COMMAND_TAKEN("command-taken", "Another bot has a command with this name in this room."),
  TOO_MANY_COMMANDS("too-many-commands", "There are too many commands in this room."),
  UNKNOWN_CALL("unknown-call", "There is no such call."),
  CALL_OVER("call-over", "This call was already answered, or has expired."),
  TOO_MANY_CALLS("too-many-calls", "This bot has too many unanswered calls; try again later."),
  NO_ANSWER("no-answer", "The bot did not answer in time."),
  BOT_FAILED("bot-failed", "The bot could not be reached, or did not accept the call."),
  UNKNOWN_WEBHOOK("unknown-webhook", "This room has no such webhook."),
  TOO_MANY_WEBHOOKS("too-many-webhooks", "There are too many webhooks; remove one first."),
  WEBHOOK_ENDED("webhook-ended", "This webhook has ended; make another one."),
  BAD_SEARCH("bad-search", "This search cannot be understood."),
  UNKNOWN_RECEIVER("unknown-receiver", "You have no such receiver of notifications."),
  TOO_MANY_RECEIVERS("too-many-receivers", "There are too many receivers; remove one first."),
  CALLER_AWAY("caller-away", "No device of the caller is connected; try again, or give up."),
  EMAIL_OFF("email-off", "This server sends no e-mail."),
  EMAIL_NOT_SENT("email-not-sent", "The mail server did not accept the e-mail."),
  ADDRESS_NOT_ALLOWED("address-not-allowed", "The server sends no requests to this address."),
  ID_REUSED("id-reused", "This id was already used for something else."),
  RATE_LIMITED("rate-limited", "Too many requests at once; try again later."),
  MAINTENANCE(
      "maintenance", "The server is in maintenance: you can read, but nothing can be changed."),
  UNAVAILABLE("unavailable", "This is temporarily unavailable; try again."),
  INTERNAL("internal", "An internal error occurred.");

  private final String wire;
  private final String sentence;

  Code(String wire, String sentence) {
    this.wire = wire;
    this.sentence = sentence;
  }

  public String wire() {
    return wire;
  }

  /// The message for people, used if there is no more precise one.
  public String sentence() {
    return sentence;
  }
}
