package kith.node.feature.secondfactor;

import static kith.node.RemoteActors.elsewhere;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.PartState;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Code;
import kith.protocol.ServerRole;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each stored and sent type of second factors, with every field filled. The bytes of a
/// release do not change.
public final class SecondFactorExamples {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.125Z");
  private static final Secret PASSWORD = new Secret("correct horse");
  private static final Secret CODE = new Secret("287082");
  private static final Client DEVICE = Client.device("d-1");

  private SecondFactorExamples() {}

  public static List<AccountEvent> events() {
    return List.of(
        new SecondFactorEvent.Prepared("f1", NOON),
        new SecondFactorEvent.TurnedOn("f1", NOON, 59_000_000L, Set.of("hash1", "hash2")),
        new SecondFactorEvent.CodeUsed(59_000_001L),
        new SecondFactorEvent.RecoveryCodeUsed("hash1"),
        new SecondFactorEvent.RecoveryCodesMade(Set.of("hash3", "hash4")),
        new SecondFactorEvent.TurnedOff());
  }

  public static PartState state() {
    return new SecondFactor(
        Optional.of(new SecondFactor.Prepared("f2", NOON)),
        Optional.of(new SecondFactor.Active("f1", NOON)),
        59_000_001L,
        Set.of("hash1", "hash2"));
  }

  public static List<CborSerializable> messages(ActorSystem<?> here) {
    ActorRef<AccountSecondFactor.Reply> reply = elsewhere(here, "second-factor");
    return List.of(
        new AccountSecondFactor.Look(reply),
        new AccountSecondFactor.Begin(PASSWORD, DEVICE, reply),
        new AccountSecondFactor.TurnOn(CODE, DEVICE, reply),
        new AccountSecondFactor.Renew(PASSWORD, CODE, DEVICE, reply),
        new AccountSecondFactor.TurnOff(PASSWORD, CODE, DEVICE, reply),
        new AccountSecondFactor.LogIn(
            "hash", CODE, new NewDevice("phone", true), DEVICE, elsewhere(here, "admission")),
        new AccountSecondFactor.Reset(ServerRole.OWNER, elsewhere(here, "answer")),
        new AccountSecondFactor.Standing(true, Optional.of(NOON), 9, true),
        new AccountSecondFactor.Begun("MZXW6"),
        new AccountSecondFactor.Codes(List.of("k7xw-2m9p-ahd5-tbnc")),
        new AccountSecondFactor.Done(),
        new AccountSecondFactor.No(new Refused(Code.TOO_MANY_ATTEMPTS, OptionalLong.of(1500))));
  }
}
