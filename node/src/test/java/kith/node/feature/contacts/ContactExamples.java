package kith.node.feature.contacts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.PartState;

/// One of each type that contacts have in the journal of an account, with every field filled.
public final class ContactExamples {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");
  private static final ContactIntent WANTS = new ContactIntent(ContactIntent.Kind.WANTS, 3, 2);
  private static final ContactIntent ACCEPTS = new ContactIntent(ContactIntent.Kind.ACCEPTS, 4, 3);

  private ContactExamples() {}

  public static List<AccountEvent> events() {
    return List.of(
        new ContactEvent.StanceTaken("bob", WANTS, NOON),
        new ContactEvent.StanceHeard("bob", ACCEPTS, NOON),
        new ContactEvent.StanceTold("bob", 3),
        new ContactEvent.ContactNoted("bob", Optional.of("from school")),
        new ContactEvent.StrangerForgotten("eve"));
  }

  public static PartState state() {
    return new ContactBook(
        Map.of("bob", new Relationship(WANTS, ACCEPTS, 3, NOON, Optional.of("from school"))));
  }
}
