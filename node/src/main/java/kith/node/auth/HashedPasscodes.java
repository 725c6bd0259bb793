package kith.node.auth;

import java.util.concurrent.CompletionStage;
import kith.node.auth.Passwords.Work;
import kith.node.core.room.RoomContext;

/// Room passcodes are hashed like passwords, by the same threads, and wait in a queue of their own.
public final class HashedPasscodes implements RoomContext.Passcodes {
  private final Passwords passwords;

  public HashedPasscodes(Passwords passwords) {
    this.passwords = passwords;
  }

  @Override
  public CompletionStage<String> hash(String passcode) {
    return passwords.run(Work.PASSCODE, () -> passwords.hash(new Secret(passcode)));
  }

  @Override
  public CompletionStage<Boolean> matches(String passcode, String hash) {
    return passwords.run(
        Work.PASSCODE,
        () -> passwords.check(new Secret(passcode), hash) != Passwords.Check.DIFFERS);
  }
}
