package kith.node.auth;

import kith.protocol.ServerRole;

/// The acts that a server role permits. No other place in the code defines this.
/// `docs/administration.md` has the same table, and a test compares them.
public enum ServerAct {
  ADMINISTER_ADMINISTRATORS(
      "all of these to administrators and owners, and appointing them", ServerRole.OWNER),
  READ_ACCOUNTS("list, search and show accounts", ServerRole.ADMINISTRATOR),
  DISABLE_ACCOUNTS("disable and enable accounts", ServerRole.ADMINISTRATOR),
  RESET_PASSWORDS("give a code for a new password", ServerRole.ADMINISTRATOR),
  RESET_SECOND_FACTORS("remove the second factor of an account", ServerRole.ADMINISTRATOR),
  END_DEVICES("end all devices of an account", ServerRole.ADMINISTRATOR),
  DELETE_ACCOUNTS("delete accounts, also with their messages", ServerRole.ADMINISTRATOR),
  CHANGE_QUOTAS("change the size of files that an account may have", ServerRole.ADMINISTRATOR),
  CHANGE_ROLES("make members guests, and guests members", ServerRole.ADMINISTRATOR),
  INVITE_USERS("list, make and revoke invitations to sign up", ServerRole.ADMINISTRATOR),
  READ_AUDIT("read and check the audit log", ServerRole.ADMINISTRATOR),
  OPERATE_COURIERS("list couriers, and restart one that was given up", ServerRole.ADMINISTRATOR),
  OWN_SERVER_BOTS("make bots of the server, and give them tokens", ServerRole.ADMINISTRATOR),
  READ_ROOMS("list rooms with owners and sizes", ServerRole.ADMINISTRATOR),
  HANDLE_REPORTS("read and handle reports of messages of all rooms", ServerRole.ADMINISTRATOR),
  RULE_ROOMS("appoint owners of rooms, and delete rooms", ServerRole.ADMINISTRATOR),
  READ_SERVER(
      "show limits, maintenance, banned networks and announcements, and try the text filter",
      ServerRole.ADMINISTRATOR),
  MAINTAIN_SERVER("begin and end maintenance", ServerRole.ADMINISTRATOR),
  BAN_NETWORKS("ban networks", ServerRole.ADMINISTRATOR),
  ANNOUNCE("make and withdraw announcements", ServerRole.ADMINISTRATOR),
  CREATE_ROOMS("create rooms", ServerRole.MEMBER),
  FIND_ROOMS("list public rooms, and join rooms without an invitation", ServerRole.MEMBER),
  OWN_BOTS("make bots", ServerRole.MEMBER),
  BEGIN_CONVERSATIONS("begin conversations, and send requests to begin one", ServerRole.MEMBER);

  private final String words;
  private final ServerRole least;

  ServerAct(String words, ServerRole least) {
    this.words = words;
    this.least = least;
  }

  public static boolean mayDo(ServerRole role, ServerAct act) {
    return role.compareTo(act.least) >= 0;
  }

  /// True if an administrator of this role may do that to an account with the role `whose`.
  public static boolean mayDoTo(ServerRole whose, ServerRole by, ServerAct act) {
    return mayDo(by, act) && (!isAdministration(whose) || mayDo(by, ADMINISTER_ADMINISTRATORS));
  }

  public static boolean isAdministration(ServerRole role) {
    return mayDo(role, READ_ACCOUNTS);
  }

  /// The act for people.
  public String words() {
    return words;
  }
}
