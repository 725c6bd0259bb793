package kith.terminal.net;

import java.util.Optional;
import kith.protocol.rest.Administration.AccountDetails;
import kith.protocol.rest.Administration.AccountPage;
import kith.protocol.rest.Administration.AllRooms;
import kith.protocol.rest.Administration.Announce;
import kith.protocol.rest.Administration.Announcements;
import kith.protocol.rest.Administration.AppointOwner;
import kith.protocol.rest.Administration.BanNetwork;
import kith.protocol.rest.Administration.ChangeMaintenance;
import kith.protocol.rest.Administration.Maintenance;
import kith.protocol.rest.Administration.NetworkBanPage;
import kith.protocol.rest.Administration.PasswordReset;

/// The acts of server administrators as REST calls.
public record AdministrationCalls(Rest rest) {
  private static final String IN = "/v1/admin/";

  /// The first page of the accounts that match.
  public AccountPage accounts(String query) {
    return rest.get(IN + "accounts" + queried(query), AccountPage.class);
  }

  /// The first page of the rooms that match.
  ///
  /// @param query a part of the name, or the id
  public AllRooms rooms(String query) {
    return rest.get(IN + "rooms" + queried(query), AllRooms.class);
  }

  private static String queried(String query) {
    return query.isBlank() ? "" : "?query=" + Rest.part(query.strip());
  }

  public AccountDetails account(String user) {
    return rest.get(account(user, ""), AccountDetails.class);
  }

  private static String account(String user, String path) {
    return IN + "accounts/" + Rest.part(user) + path;
  }

  public void disable(String user, boolean is) {
    rest.request(is ? "PUT" : "DELETE", account(user, "/disabled"));
  }

  public void endDevices(String user) {
    rest.request("DELETE", account(user, "/devices"));
  }

  public PasswordReset resetPassword(String user) {
    return rest.ask("POST", account(user, "/reset"), Optional.empty(), PasswordReset.class);
  }

  public void appointOwner(String room, String user) {
    rest.request("PUT", IN + "rooms/" + Rest.part(room) + "/owner", new AppointOwner(user));
  }

  public void archiveRoom(String room, boolean is) {
    rest.request(is ? "PUT" : "DELETE", IN + "rooms/" + Rest.part(room) + "/archived");
  }

  public void deleteRoom(String room) {
    rest.request("DELETE", IN + "rooms/" + Rest.part(room));
  }

  public NetworkBanPage bans() {
    return rest.get(IN + "bans", NetworkBanPage.class);
  }

  public void ban(String network, Optional<String> reason) {
    rest.request("POST", IN + "bans", new BanNetwork(network, Optional.empty(), reason));
  }

  public void unban(String network) {
    rest.request("DELETE", IN + "bans?network=" + Rest.part(network));
  }

  public Announcements announcements() {
    return rest.get(IN + "announcements", Announcements.class);
  }

  public void announce(String text) {
    rest.request("POST", IN + "announcements", new Announce(text, Optional.empty()));
  }

  public void withdraw(long number) {
    rest.request("DELETE", IN + "announcements/" + number);
  }

  public Maintenance maintenance() {
    return rest.get(IN + "maintenance", Maintenance.class);
  }

  public void maintain(boolean on, Optional<String> message) {
    rest.request("PUT", IN + "maintenance", new ChangeMaintenance(on, message));
  }
}
