package kith.node.core.account;

import static kith.node.RemoteActors.elsewhere;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.ReadReply;
import kith.node.feature.presence.AccountStatus;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PrivacySettings;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.ConversationsFrom;
import kith.protocol.ServerRole;
import kith.protocol.ShownTo;
import kith.protocol.Status;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.CreateRoom;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each message between accounts and their callers, with every field filled. Messages that a
/// release has sent do not change.
public final class AccountMessages {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");
  private static final Secret PASSWORD = new Secret("correct horse");
  private static final Account.NewDevice PHONE = new Account.NewDevice("phone", true);

  private AccountMessages() {}

  public static List<CborSerializable> asked(ActorSystem<?> here) {
    ActorRef<Admission> admission = elsewhere(here, "admission");
    ActorRef<Answer> answer = elsewhere(here, "answer");
    ActorRef<ReadReply> reader = elsewhere(here, "reader");
    return List.of(
        new Account.SignUp(
            PASSWORD, Optional.of("Ann"), Optional.of("ann@example.org"), PHONE, admission),
        new Account.LogIn(PASSWORD, PHONE, Optional.empty(), admission),
        new Account.ChangePassword("d-1", PASSWORD, new Secret("battery staple"), answer),
        new Account.Delete(PASSWORD, Optional.empty(), answer),
        new Account.Refresh("d-1", 3, admission),
        new Account.CheckDevice("d-1", Optional.empty(), elsewhere(here, "answer")),
        new Account.OfBot(
            "ann",
            new BotAct.AddToken(
                "bot-1", "laptop", new BotAccount.Grant(true, Optional.of(List.of("r1")))),
            elsewhere(here, "bot-answer")),
        new Account.EndDevice("d-1", answer),
        new Account.EndAllDevices(answer),
        new Account.ListDevices(elsewhere(here, "devices")),
        new Account.Read(reader),
        new Account.ChangeProfile(
            Optional.of("Ann"),
            Optional.of("https://example.org/ann.png"),
            Optional.of("ann@example.org"),
            reader),
        new Account.Attach(
            "d-1", Optional.empty(), true, elsewhere(here, "attached"), elsewhere(here, "session")),
        new Account.Open("r1", room(), answer),
        new Account.Join("r1", Optional.of("sesame"), Optional.of("token"), answer),
        new Account.Leave("r1", answer),
        new Account.RoomEnded("r1"),
        new Account.Block("eve", true, answer),
        new Account.ChangePrivacy(
            Optional.of(ShownTo.CONTACTS),
            Optional.of(ShownTo.NOBODY),
            Optional.of(false),
            Optional.empty(),
            reader),
        new Account.AskRelations(elsewhere(here, "circle")),
        new Account.LogIn(PASSWORD, PHONE, Optional.of(new Client(true, "d-1")), admission),
        new Account.ChangePrivacy(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(ConversationsFrom.CONTACTS),
            reader),
        new Account.ResetPassword(
            new Secret("k7xw2"), PASSWORD, PHONE, new Client(true, "d-1"), admission),
        new Account.AskServerRole(elsewhere(here, "role")),
        new Account.Administer(
            ServerRole.OWNER, new AccountAct.ChangeRole(ServerRole.GUEST), answer),
        new Account.Administer(ServerRole.ADMINISTRATOR, new AccountAct.Disable(), answer),
        new Account.Administer(ServerRole.ADMINISTRATOR, new AccountAct.Enable(), answer),
        new Account.Administer(ServerRole.ADMINISTRATOR, new AccountAct.EndDevices(), answer),
        new Account.Administer(
            ServerRole.ADMINISTRATOR, new AccountAct.AllowReset("hash", NOON), answer),
        new Account.Administer(
            ServerRole.ADMINISTRATOR, new AccountAct.Erase(Optional.of(true)), answer),
        new Account.EndDevice("d-1", Optional.of(Code.SIGN_IN_AGAIN), answer));
  }

  private static CreateRoom room() {
    return new CreateRoom(
        "lobby",
        Optional.of("tea"),
        Optional.of(Visibility.PRIVATE),
        Optional.of("sesame"),
        OptionalInt.of(5),
        Optional.of(new Retention(OptionalLong.of(5), OptionalLong.of(90))),
        Optional.empty());
  }

  public static List<CborSerializable> answered(ActorSystem<?> here) {
    return List.of(
        new Account.Admitted("d-1", true, 3, NOON),
        new Account.ProofRequired("hash"),
        new Account.Done(),
        new Account.Granted(new BotAccount.Grant(false, Optional.empty())),
        new Account.BotView(
            List.of(
                new Account.ListedToken(
                    "bot-1",
                    new BotAccount.Token(
                        "laptop",
                        new BotAccount.Grant(true, Optional.of(List.of("r1"))),
                        NOON,
                        Optional.of(NOON))))),
        new Account.View(
            Optional.of("Ann"),
            Optional.of("https://example.org/ann.png"),
            Optional.of("ann@example.org"),
            NOON,
            List.of("r1", "r2"),
            Optional.empty()),
        new Account.DeviceList(
            List.of(new Account.DeviceView("d-1", "phone", NOON, NOON.plusSeconds(60)))),
        new Account.Refused(Code.TOO_MANY_ATTEMPTS, OptionalLong.of(1500)),
        new Account.AttachRefused(Code.DEVICE_ENDED),
        new Account.DeviceEnded(Code.DEVICE_ENDED, "This device was logged out."),
        new Account.Attached(
            new Page(1, 2),
            elsewhere(here, "account"),
            circle().policy(),
            List.of("r1", "r2"),
            Set.of("r2"),
            List.of(new AccountStatus.Chosen(Status.INVISIBLE))),
        new Account.PolicyChanged(changed().policy()),
        new Account.View(
            Optional.of("Ann"),
            Optional.empty(),
            Optional.empty(),
            NOON,
            List.of(),
            Optional.of(circle())),
        new Account.RelationsAnswer(changed()),
        new Account.ServerRoleAnswer(true, ServerRole.ADMINISTRATOR, false, Optional.of(NOON)));
  }

  private static Relations circle() {
    return new Relations(
        Set.of("bob"), Set.of("eve"), new PrivacySettings(ShownTo.CONTACTS, ShownTo.NOBODY, true));
  }

  private static Relations changed() {
    var circle = circle();
    return new Relations(circle.contacts(), circle.blocked(), circle.privacy(), 3);
  }
}
