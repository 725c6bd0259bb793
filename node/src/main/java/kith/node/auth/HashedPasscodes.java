package kith.node.auth;

import java.util.concurrent.CompletionStage;
import kith.node.core.room.RoomContext;

/// Room passcodes are hashed like passwords, and wait in the same bounded queue.
public final class HashedPasscodes implements RoomContext.Passcodes {
  private final Passwords passwords;

  public HashedPasscodes(Passwords passwords) {
    this.passwords = passwords;
  }

  @Override
  public CompletionStage<String> hash(String passcode) {
    return passwords.run(() -> passwords.hash(new Secret(passcode)));
  }

  @Override
  public CompletionStage<Boolean> matches(String passcode, String hash) {
    return passwords.run(
        () -> passwords.check(new Secret(passcode), hash) != Passwords.Check.DIFFERS);
  }
}
