package kith.node.platform.cluster;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import kith.node.platform.config.Intervals;
import kith.node.platform.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/// Reports to the other nodes whether this node reaches the database, and asks them whether they
/// do. If no node reaches it, none can take over this node's rooms.
public final class DatabaseReach {
  private static final ServiceKey<Question> KEY =
      ServiceKey.create(Question.class, "database-reach");

  public record Question(ActorRef<Answer> replyTo) implements CborSerializable {}

  public record Answer(boolean reaches) implements CborSerializable {}

  private final ActorSystem<?> system;
  private final ActorRef<Question> self;

  private DatabaseReach(ActorSystem<?> system, ActorRef<Question> self) {
    this.system = system;
    this.self = self;
  }

  /// @param here whether this node reaches the database
  static DatabaseReach start(ActorSystem<?> system, BooleanSupplier here) {
    var self = system.systemActorOf(answering(here), "database-reach", Props.empty());
    system.receptionist().tell(Receptionist.register(KEY, self));
    return new DatabaseReach(system, self);
  }

  private static Behavior<Question> answering(BooleanSupplier here) {
    return Behaviors.receiveMessage(question -> {
      question.replyTo().tell(new Answer(here.getAsBoolean()));
      return Behaviors.same();
    });
  }

  /// Asks the other nodes that this node can reach, and waits for their answers.
  boolean isElsewhere() {
    try {
      // an actor system that ends during the questions may never complete the stage
      return others()
          .thenCompose(this::ask)
          .toCompletableFuture()
          .orTimeout(Intervals.REPORT_ANSWER.toMillis() * 2, TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException noAnswer) {
      return false;
    }
  }

  private CompletionStage<List<ActorRef<Question>>> others() {
    return AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
            system.receptionist(),
            replyTo -> Receptionist.find(KEY, replyTo),
            Intervals.NODE_ANSWER,
            system.scheduler())
        .thenApply(listing ->
            listing.getServiceInstances(KEY).stream().filter(it -> !it.equals(self)).toList());
  }

  private CompletionStage<Boolean> ask(List<ActorRef<Question>> others) {
    var answers = others.stream().map(this::ask).map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(_ -> answers.stream().anyMatch(CompletableFuture::join));
  }

  private CompletionStage<Boolean> ask(ActorRef<Question> other) {
    return AskPattern.<Question, Answer>ask(
            other, Question::new, Intervals.NODE_ANSWER, system.scheduler())
        .thenApply(Answer::reaches)
        .exceptionally(_ -> false);
  }
}
