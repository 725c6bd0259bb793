package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import kith.node.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Roles, kicks, bans and invitations, over HTTP on a whole node.
@Tag("story")
class MemberRoutesTest {
  private static final String LOOK = "/v1/invitations/look";
  private static final String ACCEPT = "/v1/invitations/accept";

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  private final HttpPerson ann = HttpPerson.signsUp(node, "ann");
  private final HttpPerson bob = HttpPerson.signsUp(node, "bob");
  private final HttpPerson cyd = HttpPerson.signsUp(node, "cyd");

  @BeforeAll
  static void start() {
    node = TestNode.start(Map.of("kith.accounts.throttle.per-address.burst", "10000"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void membersAreListedByNameInPages() {
    var room = roomOf("pages", cyd, bob);

    var names = new ArrayList<String>();
    var page = bob.get(room + "/members?limit=2");
    names.addAll(page.list("members", "user"));
    page = bob.get(room + "/members?limit=2&after=" + page.field("next"));
    names.addAll(page.list("members", "user"));

    assertThat(page.json().has("next")).isFalse();
    assertThat(names).containsExactly(ann.name(), bob.name(), cyd.name());
    assertThat(bob.get(room + "/members").list("members", "role"))
        .containsExactly("owner", "member", "member");
    assertThat(bob.get(room + "/members?limit=x").refusal()).isEqualTo("400 bad-field");
  }

  @Test
  void onlyMembersSeeMembers() {
    var room = roomOf("mirror");

    assertThat(bob.get(room + "/members").refusal()).isEqualTo("403 not-a-member");
  }

  @Test
  void onlyOwnersGiveRoles() {
    var room = roomOf("crown", bob, cyd);
    ann.gives(bob, "moderator", room);

    assertThat(role(bob, room, cyd, "moderator")).isEqualTo("403 not-allowed");
    assertThat(role(bob, room, bob, "owner")).isEqualTo("403 not-allowed");
    ann.gives(bob, "owner", room);
    assertThat(role(bob, room, ann, "member")).isEqualTo("403 not-allowed");
    assertThat(ann.get(room + "/members").list("members", "role"))
        .containsExactly("owner", "owner", "member");
  }

  @Test
  void theLastOwnerStaysOwner() {
    var room = roomOf("anchor", bob);

    assertThat(role(ann, room, ann, "member")).isEqualTo("409 last-owner");
    ann.gives(bob, "owner", room);
    ann.gives(ann, "member", room);
    assertThat(role(ann, room, bob, "member")).isEqualTo("403 not-allowed");
  }

  @Test
  void givingARoleNeedsAMemberAndAValidRole() {
    var room = roomOf("stage");

    assertThat(role(ann, room, bob, "moderator")).isEqualTo("404 unknown-member");
    assertThat(ann.put(room + "/members/" + ann.name() + "/role", "{\"role\":\"king\"}").refusal())
        .isEqualTo("400 bad-field");
    assertThat(ann.put(room + "/members/-x/role", "{\"role\":\"owner\"}").refusal())
        .isEqualTo("400 bad-user-name");
  }

  @Test
  void aNameInAPathMatchesInAnySpelling() {
    var room = roomOf("spelling", bob);
    var shouted = bob.name().toUpperCase(java.util.Locale.ROOT);

    assertThat(ann.put(room + "/members/" + shouted + "/role", "{\"role\":\"owner\"}").status())
        .isEqualTo(204);

    assertThat(bob.get(room).field("role")).isEqualTo("owner");
  }

  @Test
  void aKickedMemberIsRemovedAndMayRejoin() {
    var room = roomOf("door", bob, cyd);
    assertThat(bob.delete(member(room, cyd)).refusal()).isEqualTo("403 not-allowed");
    ann.gives(bob, "moderator", room);

    assertThat(bob.delete(member(room, cyd)).status()).isEqualTo(204);

    assertThat(cyd.get(room + "/entries").refusal()).isEqualTo("403 not-a-member");
    assertThat(bob.delete(member(room, cyd)).refusal()).isEqualTo("404 unknown-member");
    assertThat(bob.delete(member(room, ann)).refusal()).isEqualTo("403 not-allowed");
    cyd.joins(room);
  }

  @Test
  void aBannedUserCannotRejoinUntilUnbanned() {
    var room = roomOf("gate", bob, cyd);
    assertThat(bob.put(ban(room, cyd), "").refusal()).isEqualTo("403 not-allowed");
    ann.gives(bob, "moderator", room);

    assertThat(bob.put(ban(room, cyd), "{\"reason\":\"spam\"}").status()).isEqualTo(204);

    assertThat(cyd.get(room + "/entries").refusal()).isEqualTo("403 not-a-member");
    assertThat(cyd.post(room + "/join").refusal()).isEqualTo("403 banned");
    assertThat(bob.get(room + "/bans").json().path("users").get(0).asText()).isEqualTo(cyd.name());
    assertThat(cyd.get(room + "/bans").refusal()).isEqualTo("403 not-a-member");
    assertThat(bob.put(ban(room, ann), "").refusal()).isEqualTo("403 not-allowed");
    assertThat(bob.delete(ban(room, cyd)).status()).isEqualTo(204);
    assertThat(bob.delete(ban(room, cyd)).status()).isEqualTo(204);
    cyd.joins(room);
  }

  @Test
  void aUserWhoWasNeverAMemberCanBeBanned() {
    var room = roomOf("wall");

    assertThat(ann.put(ban(room, bob), "").status()).isEqualTo(204);

    assertThat(bob.post(room + "/join").refusal()).isEqualTo("403 banned");
    assertThat(ann.put(ban(room, cyd), "{\"reason\":\"" + "x".repeat(501) + "\"}").refusal())
        .isEqualTo("400 bad-field");
    assertThat(ann.put(ban(room, cyd), "{\"reason\":\"\\ud800\"}").refusal())
        .isEqualTo("400 bad-field");
    assertThat(ann.put(room + "/bans/a%20b", "").refusal()).isEqualTo("400 bad-user-name");
  }

  @Test
  void aRemovedMemberNoLongerListsTheRoom() {
    var room = roomOf("ledger", bob);
    assertThat(bob.get("/v1/account").list("rooms")).hasSize(1);

    ann.delete(member(room, bob));

    bob.awaits("/v1/account", account -> account.list("rooms").isEmpty());
  }

  private static String token(String token) {
    return "{\"token\":\"" + token + "\"}";
  }

  @Test
  void anInvitationOpensAPrivateRoom() {
    var room = ann.makes("{\"name\":\"den\",\"visibility\":\"private\",\"topic\":\"secrets\"}");

    var made = ann.post(room + "/invitations", "{\"validMillis\":60000}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.field("by")).isEqualTo(ann.name());
    assertThat(made.json().has("usesLeft")).isFalse();
    var preview = bob.post(LOOK, token(made.field("token")));
    assertThat(preview.text())
        .isEqualTo(
            "{\"room\":\"%s\",\"name\":\"den\",\"topic\":\"secrets\",\"members\":1}"
                .formatted(room.substring("/v1/rooms/".length())));
    var accepted = bob.post(ACCEPT, token(made.field("token")));
    assertThat(accepted.status()).isEqualTo(200);
    assertThat(accepted.field("role")).isEqualTo("member");
    var joined = cyd.post(room + "/join", "{\"invitation\":\"" + made.field("token") + "\"}");
    assertThat(joined.status()).isEqualTo(200);
  }

  @Test
  void anInvitationIsUsedUp() {
    var room = ann.makes("{\"name\":\"nook\",\"visibility\":\"private\"}");
    var invitation = ann.post(room + "/invitations", "{\"uses\":1}");
    var token = token(invitation.field("token"));
    assertThat(invitation.field("usesLeft")).isEqualTo("1");

    assertThat(bob.post(ACCEPT, token).status()).isEqualTo(200);
    assertThat(bob.post(ACCEPT, token).status()).isEqualTo(200);

    assertThat(cyd.post(ACCEPT, token).refusal()).isEqualTo("404 unknown-invitation");
    assertThat(cyd.post(LOOK, token).refusal()).isEqualTo("404 unknown-invitation");
    assertThat(ann.get(room + "/invitations").list("invitations")).isEmpty();
  }

  @Test
  void aRevokedInvitationOpensNothing() {
    var room = ann.makes("{\"name\":\"loft\",\"visibility\":\"private\"}");
    var invitation = ann.post(room + "/invitations");
    var token = token(invitation.field("token"));
    var revoked = room + "/invitations/" + invitation.field("invitation");

    assertThat(ann.delete(revoked).status()).isEqualTo(204);

    assertThat(ann.delete(revoked).refusal()).isEqualTo("404 unknown-invitation");
    assertThat(bob.post(ACCEPT, token).refusal()).isEqualTo("404 unknown-invitation");
  }

  @Test
  void invitationsAreListedWithoutTheirTokens() {
    var room = roomOf("porch", bob);
    assertThat(bob.post(room + "/invitations").refusal()).isEqualTo("403 not-allowed");
    assertThat(bob.get(room + "/invitations").refusal()).isEqualTo("403 not-allowed");
    ann.gives(bob, "moderator", room);
    var made = bob.post(room + "/invitations", "{\"uses\":3}");

    var listed = ann.get(room + "/invitations");

    assertThat(listed.list("invitations", "invitation")).containsExactly(made.field("invitation"));
    assertThat(listed.list("invitations", "usesLeft")).containsExactly("3");
    assertThat(listed.text()).doesNotContain("token").doesNotContain(made.field("token"));
    assertThat(ann.get(room + "/entries").text()).doesNotContain(made.field("token"));
  }

  @Test
  void everyInvalidInvitationTokenIsUnknown() {
    var room = ann.makes("{\"name\":\"hut\",\"visibility\":\"private\"}");
    var id = room.substring("/v1/rooms/".length());

    for (var token : new String[] {"x", "a.b.c", id + ".x", "aaaaaaaaaaaaaaaaaaaa.x", ".x"}) {
      assertThat(bob.post(LOOK, token(token)).refusal())
          .describedAs(token)
          .isEqualTo("404 unknown-invitation");
      assertThat(bob.post(ACCEPT, token(token)).refusal())
          .describedAs(token)
          .isEqualTo("404 unknown-invitation");
    }
  }

  @Test
  void aTokenIsNeverPartOfAPath() {
    var room = ann.makes("{\"name\":\"cave\",\"visibility\":\"private\"}");
    var token = ann.post(room + "/invitations").field("token");

    assertThat(bob.get("/v1/invitations/" + token).refusal()).isEqualTo("404 not-found");
    assertThat(bob.post("/v1/invitations/" + token + "/accept").refusal())
        .isEqualTo("404 not-found");
    assertThat(bob.post(ACCEPT, token("x".repeat(257))).detail()).contains("token");
  }

  @Test
  void aBannedUserCannotUseAnInvitation() {
    var room = roomOf("fort");
    var token = ann.post(room + "/invitations").field("token");
    ann.put(ban(room, bob), "");

    assertThat(bob.post(ACCEPT, token(token)).refusal()).isEqualTo("403 banned");
  }

  @Test
  void anInvitationIsValidForAMinuteToAYear() {
    var room = roomOf("clock");

    for (var wrong : new String[] {"\"validMillis\":59999", "\"validMillis\":31536000001"})
      assertThat(ann.post(room + "/invitations", "{" + wrong + "}").detail())
          .contains("'validMillis'");
    assertThat(ann.post(room + "/invitations", "{\"uses\":0}").detail()).contains("'uses'");
  }

  private String roomOf(String name, HttpPerson... others) {
    var room = ann.makes("{\"name\":\"" + name + " of " + ann.name() + "\"}");
    for (var other : others) other.joins(room);
    return room;
  }

  private static String role(HttpPerson by, String room, HttpPerson of, String role) {
    return by.put(member(room, of) + "/role", "{\"role\":\"" + role + "\"}").refusal();
  }

  private static String member(String room, HttpPerson person) {
    return room + "/members/" + person.name();
  }

  private static String ban(String room, HttpPerson person) {
    return room + "/bans/" + person.name();
  }
}
