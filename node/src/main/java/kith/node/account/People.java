package kith.node.account;

import java.util.Set;
import kith.node.people.Circle;
import kith.node.people.Privacy;

/// What an account has decided about other people.
record People(Set<String> blocked, Privacy privacy) {
  static final People NONE = new People(Set.of(), Privacy.OPEN);

  People {
    blocked = Set.copyOf(blocked);
  }

  Circle circle() {
    return new Circle(Set.of(), blocked, privacy);
  }
}
