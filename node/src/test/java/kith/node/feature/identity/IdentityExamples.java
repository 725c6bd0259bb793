package kith.node.feature.identity;

import static kith.node.RemoteActors.elsewhere;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.PartState;
import kith.node.feature.identity.AccountIdentities.Who;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.ServerRole;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each stored and sent type of identities, with every field filled. The bytes of a release
/// do not change.
public final class IdentityExamples {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.125Z");
  private static final String ISSUER = "https://login.example.org";
  private static final Who WHO =
      new Who(
          "company", ISSUER, "24400320", Optional.of(ServerRole.ADMINISTRATOR), Optional.empty());
  private static final Who WHO_WITH_ROOMS =
      new Who(
          "company",
          ISSUER,
          "24400320",
          Optional.empty(),
          Optional.of(Set.of("k3jt5v7w9x2y4z6a8b2c")));
  private static final NewDevice PHONE = new NewDevice("phone", true);
  private static final Secret PASSWORD = new Secret("correct horse");
  private static final Client DEVICE = Client.device("d-1");

  private IdentityExamples() {}

  public static List<AccountEvent> events() {
    return List.of(
        new IdentityEvent.Linked("company", ISSUER, "24400320", NOON),
        new IdentityEvent.Unlinked("company"),
        new IdentityEvent.RoleGiven(Optional.of(ServerRole.ADMINISTRATOR)),
        new GroupRooms.GroupRoomsChanged(rooms()));
  }

  private static Map<String, GroupRooms.GroupRoom> rooms() {
    return Map.of(
        "k3jt5v7w9x2y4z6a8b2c",
        new GroupRooms.GroupRoom(GroupRooms.Standing.ENTERED, Set.of("company")));
  }

  public static PartState groupRooms() {
    return new GroupRooms(rooms());
  }

  public static PartState state() {
    return new Identities(
        Map.of("company", new Identities.Identity(ISSUER, "24400320", NOON)),
        Optional.of(ServerRole.GUEST));
  }

  public static List<CborSerializable> messages(ActorSystem<?> here) {
    return List.of(
        new AccountIdentities.SignIn(WHO, PHONE, elsewhere(here, "admission")),
        new AccountIdentities.Make(
            WHO,
            Optional.of("Ann"),
            Optional.of("ann@example.org"),
            PHONE,
            elsewhere(here, "admission")),
        new AccountIdentities.Link(WHO, elsewhere(here, "answer")),
        new AccountIdentities.Unlink("company", PASSWORD, DEVICE, elsewhere(here, "answer")),
        new AccountIdentities.Confirm(PASSWORD, DEVICE, elsewhere(here, "answer")),
        new AccountIdentities.GiveRole(WHO, elsewhere(here, "answer")),
        new AccountIdentities.GiveRole(WHO_WITH_ROOMS, elsewhere(here, "answer")));
  }
}
