package kith.node.audit;

import java.util.Locale;

/// What the audit log records. The spelling in the log is stable.
public enum AuditAct {
  // of users
  SIGN_UP,
  LOG_IN,
  LOG_IN_REFUSED,
  REFRESH_TOKEN_REUSED,
  DEVICES_ENDED,
  PASSWORD_CHANGED,
  PASSWORD_RESET,
  ACCOUNT_DELETED,
  SECOND_FACTOR_ON,
  SECOND_FACTOR_OFF,
  SECOND_FACTOR_CODES,

  // of rooms
  ROOM_KICK,
  ROOM_BAN,
  ROOM_UNBAN,
  ROOM_MUTE,
  ROOM_UNMUTE,
  ROOM_ROLE,
  ROOM_SETTINGS,
  ROOM_REDACTION,
  ROOM_DELETED,

  // of administrators
  ADMIN_READ,
  ADMIN_ROLE,
  ADMIN_DISABLE,
  ADMIN_ENABLE,
  ADMIN_RESET_CODE,
  ADMIN_END_DEVICES,
  ADMIN_SECOND_FACTOR,
  ADMIN_DELETE,
  ADMIN_EXPORT,
  ADMIN_REBUILD,
  ADMIN_ROOM_OWNER,
  ADMIN_ROOM_DELETE,
  ADMIN_MAINTENANCE,
  ADMIN_BAN_NETWORK,
  ADMIN_UNBAN_NETWORK,
  ADMIN_ANNOUNCE,
  ADMIN_WITHDRAW;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
