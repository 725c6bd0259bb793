package kith.node.story;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.ServerRole;

/// The owner of a server, its operator, and users in other roles.
final class AdministrationCast {
  /// Held by each class on this node: the stories read lists of the whole server, rebuild them, and
  /// begin maintenance.
  static final String LOCK = "administration of a server";

  static final SharedNode NODE = new SharedNode();

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final TestNode node;
  private final Operator operator;
  private final Person owner;

  AdministrationCast() {
    node = NODE.node();
    operator = new Operator(node);
    owner = signsUp("olga");
    admin("grant", owner.name(), "owner");
  }

  TestNode node() {
    return node;
  }

  Person owner() {
    return owner;
  }

  /// A number that no other user or room has.
  static int number() {
    return COUNT.incrementAndGet();
  }

  Person signsUp(String name) {
    return Person.signsUp(node.uri("/"), name + number());
  }

  Person withRole(String name, ServerRole role) {
    var person = signsUp(name);
    if (role != ServerRole.MEMBER) admin("grant", person.name(), role.name());
    return person;
  }

  /// The output of a successful `kith admin` on the node's machine.
  String admin(String... arguments) {
    return operator.does(arguments);
  }

  /// The output of a command that may fail.
  Operator.Printed run(String... arguments) {
    return operator.tries(arguments);
  }

  Rest nobody() {
    return new Rest(node.uri("/"), Optional.empty());
  }

  static Rest.Answer put(Person by, String path, String body) {
    return by.rest().send("PUT", "/v1/admin/accounts/" + path, Optional.of(body));
  }

  static Rest.Answer disables(Person by, Person whom) {
    return by.rest()
        .send("PUT", "/v1/admin/accounts/" + whom.name() + "/disabled", Optional.empty());
  }

  static String awaits(Supplier<String> text, Predicate<String> wanted) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var now = text.get();
    while (!wanted.test(now)) {
      if (System.nanoTime() > deadline) throw new AssertionError("still " + now);
      now = text.get();
    }
    return now;
  }
}
