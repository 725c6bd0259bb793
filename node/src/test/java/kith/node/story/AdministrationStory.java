package kith.node.story;

import kith.node.person.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Stories of the owner of a server. The lock makes their classes take turns.
@ResourceLock(AdministrationCast.LOCK)
abstract class AdministrationStory {
  @RegisterExtension static final SharedNode NODE = AdministrationCast.NODE;

  @SuppressWarnings("NullAway.Init")
  static AdministrationCast cast;

  @SuppressWarnings("NullAway.Init")
  static Person owner;

  @BeforeAll
  static void start() {
    cast = new AdministrationCast();
    owner = cast.owner();
  }
}
