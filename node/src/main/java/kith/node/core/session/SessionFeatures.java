package kith.node.core.session;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.protocol.frame.ClientFrame;

/// The parts, frames and kinds of post that features add to a node's sessions. Assembled and
/// checked once, when the node starts; each command, frame and kind of post has one owner.
public final class SessionFeatures {
  private final List<String> names;
  private final List<SessionPart.Factory> factories;
  private final Map<Class<?>, Integer> placesByCommand;
  private final Map<Class<?>, Integer> placesByFrame;
  private final Map<Class<?>, PostKind<?>> kindsByFrame = new HashMap<>();

  /// @param names of all features, for clients
  /// @param factories in the order in which parts are made and called
  public SessionFeatures(
      List<String> names, List<SessionPart.Factory> factories, List<PostKind<?>> posts) {
    this.names = List.copyOf(names);
    this.factories = List.copyOf(factories);
    this.placesByCommand = places(factory -> factory.commands().stream());
    this.placesByFrame = places(factory -> factory.frames().stream());
    for (var kind : posts)
      if (kindsByFrame.put(kind.frames(), kind) != null) throw twoOwners(kind.frames());
  }

  private Map<Class<?>, Integer> places(
      Function<SessionPart.Factory, Stream<? extends Class<?>>> owned) {
    var places = new HashMap<Class<?>, Integer>();
    for (var place = 0; place < factories.size(); place++)
      for (var type : owned.apply(factories.get(place)).flatMap(SessionFeatures::concrete).toList())
        if (places.put(type, place) != null) throw twoOwners(type);
    return Map.copyOf(places);
  }

  private static Stream<Class<?>> concrete(Class<?> type) {
    if (type.isSealed())
      return Arrays.stream(type.getPermittedSubclasses()).flatMap(SessionFeatures::concrete);
    if (type.isInterface())
      throw new IllegalArgumentException(type.getName() + " is owned by a part but not sealed");
    return Stream.of(type);
  }

  private static IllegalArgumentException twoOwners(Class<?> type) {
    return new IllegalArgumentException(type.getName() + " has two owners");
  }

  /// Fails if a client could send a frame that no feature here owns.
  public SessionFeatures checkComplete() {
    var frames = new HashSet<Class<?>>(placesByFrame.keySet());
    frames.addAll(kindsByFrame.keySet());
    var missing =
        Arrays.stream(ClientFrame.class.getDeclaredClasses())
            .filter(Class::isRecord)
            .filter(SessionFeatures::isOfFeature)
            .filter(type -> !frames.contains(type))
            .map(Class::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!missing.isEmpty())
      throw new IllegalArgumentException("Frames without an owner: " + missing);
    return this;
  }

  private static boolean isOfFeature(Class<?> frame) {
    return ClientFrame.OfFeature.class.isAssignableFrom(frame)
        || ClientFrame.FeaturePost.class.isAssignableFrom(frame);
  }

  List<String> names() {
    return names;
  }

  List<SessionPart.Factory> factories() {
    return factories;
  }

  int placeOf(Session.PartCommand command) {
    return owner(placesByCommand, command.getClass());
  }

  int placeOf(ClientFrame.OfFeature frame) {
    return owner(placesByFrame, frame.getClass());
  }

  /// The constructor has put each kind under the class of its frames.
  @SuppressWarnings("unchecked")
  <F extends ClientFrame.FeaturePost> PostKind<F> kindOf(F frame) {
    return (PostKind<F>) owner(kindsByFrame, frame.getClass());
  }

  private static <T> T owner(Map<Class<?>, T> owners, Class<?> type) {
    var owner = owners.get(type);
    if (owner == null) throw new IllegalArgumentException(type.getName() + " has no owner");
    return owner;
  }
}
