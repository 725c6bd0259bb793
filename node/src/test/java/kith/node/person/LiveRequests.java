package kith.node.person;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.People;
import kith.protocol.rest.People.Request;

/// Requests to begin a conversation.
public final class LiveRequests extends LiveView<LiveRequests.Lists> {

  /// Each user is in at most one list.
  public record Lists(Map<String, Request> incoming, Map<String, Request> outgoing) {
    private static final Lists EMPTY = new Lists(Map.of(), Map.of());
  }

  @Override
  Lists empty() {
    return Lists.EMPTY;
  }

  @Override
  Lists with(Lists lists, ServerFrame frame) {
    if (!(frame instanceof ServerFrame.Requests change)) return lists;
    var before = change.whole() ? Lists.EMPTY : lists;
    var incoming = new TreeMap<>(before.incoming());
    var outgoing = new TreeMap<>(before.outgoing());
    for (var list : List.of(incoming, outgoing)) {
      change.removed().forEach(list::remove);
      change.incoming().forEach(it -> list.remove(it.user()));
      change.outgoing().forEach(it -> list.remove(it.user()));
    }
    change.incoming().forEach(it -> incoming.put(it.user(), it));
    change.outgoing().forEach(it -> outgoing.put(it.user(), it));
    return new Lists(incoming, outgoing);
  }

  @Override
  Asking<Lists> asks(Person who) {
    return () -> {
      var all = who.rest().get("/v1/requests").as(People.Requests.class);
      return with(
          Lists.EMPTY, new ServerFrame.Requests(all.incoming(), all.outgoing(), List.of(), true));
    };
  }
}
