package kith.protocol.rest;

import java.util.List;

/// What is answered about other people.
public final class People {
  private People() {}

  public record Blocked(List<String> users) {
    public Blocked {
      users = List.copyOf(users);
    }
  }
}
