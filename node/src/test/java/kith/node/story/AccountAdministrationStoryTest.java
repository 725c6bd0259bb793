package kith.node.story;

import static kith.node.story.AdministrationCast.awaits;
import static kith.node.story.AdministrationCast.disables;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.DriverManager;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.node.platform.database.Jdbc;
import kith.protocol.ServerRole;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Accounts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What administrators do to accounts, and the list of all accounts.
@Tag("story")
class AccountAdministrationStoryTest extends AdministrationStory {
  private static Rest.Answer logsIn(Person person, String password) {
    return cast.nobody()
        .post(
            "/v1/tokens",
            new Accounts.LogIn(
                person.name(), password, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void aDisabledAccountIsClosedAtOnceAndReopensUnchanged() {
    var ann = cast.signsUp("ann");
    var bob = cast.signsUp("bob");
    var room = ann.makesRoom("room of " + ann.name(), Visibility.PUBLIC);
    bob.joins(room);
    ann.connects();
    ann.says(new ClientFrame.Open(room, OptionalLong.empty()));
    ann.says(new ClientFrame.Send("m1", room, "before", OptionalLong.empty()));
    ann.hears(ServerFrame.Ack.class, _ -> true);

    assertThat(disables(owner, ann).status()).isEqualTo(204);

    assertThat(ann.hears(ServerFrame.Goodbye.class, _ -> true).code())
        .isEqualTo("account-disabled");
    assertThat(ann.isHungUpOn()).isEqualTo(4403);
    assertThat(ann.rest().get("/v1/account").refusal()).isEqualTo("403 account-disabled");
    assertThat(logsIn(ann, "a wrong password").refusal()).isEqualTo("401 wrong-credentials");
    assertThat(logsIn(ann, ann.password()).refusal()).isEqualTo("403 account-disabled");
    assertThat(bob.history(room)).anyMatch(it -> it.toString().contains("before"));

    cast.admin("enable", ann.name());

    assertThat(ann.rest().get("/v1/account").as(Accounts.Account.class).rooms())
        .containsExactly(room);
    ann.connects();
  }

  @Test
  void aUserSetsANewPasswordWithACodeOnce() {
    var ann = cast.signsUp("ann");

    var code = cast.admin("reset-password", ann.name()).lines().findFirst().orElseThrow();

    assertThat(resets(ann, "wrong" + code, "a very new password").refusal())
        .isEqualTo("401 wrong-credentials");
    assertThat(resets(ann, code, "short").refusal()).isEqualTo("400 password-too-short");
    // typed in upper case
    assertThat(resets(ann, code.toUpperCase(Locale.ROOT), "a very new password").status())
        .isEqualTo(201);
    assertThat(ann.rest().get("/v1/account").refusal()).isEqualTo("401 device-ended");
    assertThat(logsIn(ann, ann.password()).refusal()).isEqualTo("401 wrong-credentials");
    assertThat(logsIn(ann, "a very new password").status()).isEqualTo(201);
    assertThat(resets(ann, code, "another new password").refusal())
        .isEqualTo("401 wrong-credentials");
  }

  private static Rest.Answer resets(Person person, String code, String password) {
    return cast.nobody()
        .post(
            "/v1/tokens/reset",
            new Accounts.ResetPassword(
                person.name(), code, password, Optional.empty(), Optional.empty()));
  }

  @Test
  void anAdministratorDeletesAnAccount() {
    var ann = cast.signsUp("ann");

    assertThat(cast.run("delete", ann.name()).err()).contains("--yes");
    cast.admin("delete", ann.name(), "--yes");

    assertThat(ann.rest().get("/v1/account").refusal()).isEqualTo("401 device-ended");
    assertThat(owner.rest().get("/v1/users/" + ann.name()).refusal()).isEqualTo("404 unknown-user");
    awaits(() -> cast.admin("accounts", ann.name()), it -> !it.contains(ann.name()));
    assertThat(cast.run("show", ann.name()).err()).contains("There is no such user.");
  }

  @Test
  void anAdministratorLogsAUserOutEverywhere() {
    var ann = cast.signsUp("ann");
    var phone = ann.onAnotherDevice();

    cast.admin("end-devices", ann.name());

    for (var device : List.of(ann, phone))
      assertThat(device.rest().get("/v1/account").refusal()).isEqualTo("401 device-ended");
  }

  @Test
  void accountsAreListedByNameRoleAndStateInPages() {
    var guests =
        Stream.of("xaver", "xenia", "xia").map(it -> cast.withRole(it, ServerRole.GUEST)).toList();
    disables(owner, guests.getFirst());

    var listed =
        awaits(
            () -> cast.admin("accounts", "x", "--role", "guest", "--json"),
            it -> it.lines().count() == 3 && it.contains("\"disabled\":true"));

    assertThat(listed.lines().map(line -> user(line)))
        .containsExactlyElementsOf(guests.stream().map(Person::name).sorted().toList());
    assertThat(cast.admin("accounts", "x", "--role", "guest", "--state", "disabled"))
        .contains(guests.get(0).name())
        .doesNotContain(guests.get(1).name());
    var first = owner.rest().get("/v1/admin/accounts?query=x&role=guest&limit=2");
    assertThat(first.list("accounts")).hasSize(2);
    assertThat(
            owner
                .rest()
                .get("/v1/admin/accounts?query=x&role=guest&limit=2&after=" + first.field("next"))
                .list("accounts"))
        .hasSize(1);
    assertThat(owner.rest().get("/v1/admin/accounts?role=king").refusal())
        .isEqualTo("400 bad-field");
  }

  private static String user(String line) {
    try {
      return new ObjectMapper().readTree(line).path("user").asText();
    } catch (IOException fault) {
      throw new AssertionError(line, fault);
    }
  }

  @Test
  void theListIsRebuiltFromTheJournals() throws Exception {
    var ann = cast.signsUp("rebuilt");
    awaits(() -> cast.admin("accounts", ann.name()), it -> it.contains(ann.name()));
    try (var connection =
        DriverManager.getConnection(
            cast.node().database().url(),
            cast.node().database().user().orElseThrow(),
            cast.node().database().password().orElseThrow())) {
      Jdbc.change(connection, "DELETE FROM account_directory");
    }
    assertThat(cast.admin("accounts", ann.name())).doesNotContain(ann.name());

    assertThat(cast.admin("rebuild")).contains("the list of accounts is complete");

    assertThat(cast.admin("accounts", ann.name(), "--json")).contains("\"devices\":1");
  }

  @Test
  void theDetailsOfAnAccountNameItsDevices() {
    var ann = cast.signsUp("ann");
    cast.admin("reset-password", ann.name());

    assertThat(cast.admin("show", ann.name()))
        .contains("role     member", "state    active", "device   unnamed", "a code");
    var devices = owner.rest().get("/v1/admin/accounts/" + ann.name()).list("devices");
    assertThat(devices).hasSize(1);
    assertThat(StreamSupport.stream(devices.spliterator(), false).map(it -> it.has("device")))
        .containsOnly(true);
  }
}
