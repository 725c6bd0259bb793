package kith.node.core.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kith.protocol.frame.ClientFrame;

/// The parts of one session.
final class SessionParts {
  private final SessionFeatures features;
  private final List<SessionPart> parts;

  SessionParts(SessionFeatures features) {
    this.features = features;
    this.parts = new ArrayList<>(features.factories().size());
  }

  void create(SessionHost host, ClientFrame.Hello hello) {
    for (var factory : features.factories()) parts.add(factory.create(host, hello));
  }

  // the owner was found by the commands that its factory declares
  @SuppressWarnings("unchecked")
  void on(Session.PartCommand command) {
    var part = (SessionPart.WithCommands<Session.PartCommand>) parts.get(features.placeOf(command));
    part.on(command);
  }

  // safe for the same reason as commands
  @SuppressWarnings("unchecked")
  void on(ClientFrame.OfFeature frame) {
    var part = (SessionPart.WithFrames<ClientFrame.OfFeature>) parts.get(features.placeOf(frame));
    part.on(frame);
  }

  boolean areComplete() {
    return parts.stream().allMatch(SessionPart::isComplete);
  }

  void each(Consumer<SessionPart> call) {
    parts.forEach(call);
  }

  Optional<Objection> objectionToPosts() {
    for (var part : parts) {
      var objection = part.objectionToPosts();
      if (objection.isPresent()) return objection;
    }
    return Optional.empty();
  }

  boolean areSilenced(String room) {
    return parts.stream().anyMatch(part -> part.isSilenced(room));
  }

  <P extends SessionPart> P part(Class<P> type) {
    for (var part : parts) if (type.isInstance(part)) return type.cast(part);
    throw new IllegalStateException(type.getName() + " is not listed before the part that uses it");
  }
}
