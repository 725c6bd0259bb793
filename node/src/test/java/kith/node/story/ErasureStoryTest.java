package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import kith.node.StoredTexts;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;
import kith.protocol.json.Json;
import kith.protocol.rest.Accounts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The content of the database after an account was deleted.
@Tag("story")
class ErasureStoryTest {
  private static final List<String> PERSONAL =
      List.of("ann@example.org", "Ann Onymous", "ann's machine");

  @Test
  void thePersonalDataOfADeletedAccountLeavesTheDatabase() throws SQLException {
    try (var node = TestNode.start()) {
      var bob = Person.signsUp(node.uri("/"), "bob");
      var room = bob.makesRoom("tea", Visibility.PUBLIC);
      var ann = signsUp(node);
      assertThat(ann.send("POST", "/v1/rooms/" + room + "/join", Optional.of("{}")).status())
          .isLessThan(300);
      assertThat(StoredTexts.found(node.database(), "ann@example.org")).isNotEmpty();
      assertThat(StoredTexts.found(node.database(), "Ann Onymous")).isNotEmpty();
      assertThat(StoredTexts.found(node.database(), "ann's machine")).isNotEmpty();

      assertThat(
              ann.send(
                      "DELETE",
                      "/v1/account",
                      Optional.of(
                          Json.restText(new Accounts.DeleteAccount(PASSWORD, Optional.empty()))))
                  .status())
          .isEqualTo(204);

      StoredTexts.awaitNone(node.database(), PERSONAL);
      node.restart();
      var stranger = new Rest(node.uri("/"), Optional.empty());
      assertThat(stranger.post("/v1/accounts", signUp()).code()).isEqualTo(Code.USER_NAME_TAKEN);
      assertThat(
              stranger
                  .post(
                      "/v1/tokens",
                      new Accounts.LogIn(
                          "ann", PASSWORD, Optional.empty(), Optional.empty(), Optional.empty()))
                  .code())
          .isEqualTo(Code.WRONG_CREDENTIALS);
      var member = new Rest(node.uri("/"), Optional.of(bob.accessToken()));
      assertThat(member.get("/v1/rooms/" + room + "/members").list("members", "user"))
          .containsExactly("bob");
      bob.close();
    }
  }

  @Test
  void onRequestTheMessagesOfADeletedAccountAreRedactedInAllItsRooms() throws SQLException {
    try (var node = TestNode.start()) {
      var bob = Person.signsUp(node.uri("/"), "bob");
      var tea = bob.makesRoom("tea", Visibility.PUBLIC);
      var left = bob.makesRoom("left", Visibility.PUBLIC);
      var ann = Person.signsUp(node.uri("/"), "ann");
      ann.joins(tea);
      ann.joins(left);
      var talk = ann.talksTo("bob");
      ann.connects();
      bob.connects();
      for (var room : List.of(tea, left, talk)) {
        ann.opens(room);
        ann.says(room, "a secret of ann");
        bob.opens(room);
        bob.says(room, "an answer of bob");
      }
      ann.rest().send("POST", "/v1/rooms/" + left + "/leave", Optional.of("{}"));

      assertThat(
              ann.rest()
                  .send(
                      "DELETE",
                      "/v1/account",
                      Optional.of(
                          Json.restText(
                              new Accounts.DeleteAccount(ann.password(), Optional.of(true)))))
                  .status())
          .isEqualTo(204);

      for (var room : List.of(tea, left, talk))
        bob.seesEntry(room, it -> it instanceof Entry.Redacted by && by.by().equals("ann"), room);
      StoredTexts.awaitNone(node.database(), List.of("a secret of ann"));
      assertThat(StoredTexts.found(node.database(), "an answer of bob")).isNotEmpty();
      bob.close();
    }
  }

  private static final String PASSWORD = "a long enough secret";

  private static Accounts.SignUp signUp() {
    return new Accounts.SignUp(
        "ann",
        PASSWORD,
        Optional.of("Ann Onymous"),
        Optional.of("ann@example.org"),
        Optional.of("ann's machine"),
        Optional.empty(),
        Optional.empty());
  }

  private static Rest signsUp(TestNode node) {
    var answer = new Rest(node.uri("/"), Optional.empty()).post("/v1/accounts", signUp());
    return new Rest(node.uri("/"), Optional.of(answer.field("accessToken")));
  }
}
