package kith.node.platform.cluster;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.remote.DefaultFailureDetectorRegistry;
import scala.jdk.javaapi.OptionConverters;

/// This node's place in the cluster. Alone, it is a cluster of one.
public final class Membership {
  private final Cluster cluster;

  private Membership(Cluster cluster) {
    this.cluster = cluster;
  }

  public static Membership of(ActorSystem<?> system) {
    return new Membership(Cluster.get(system));
  }

  /// Makes this node a cluster of its own.
  public void form() {
    cluster.join(cluster.selfAddress());
  }

  /// Asks all of them at once, and joins the first that answers.
  ///
  /// @param addresses host and port of each
  void join(List<String> addresses) {
    cluster.joinSeedNodes(addresses.stream().map(this::address).toList());
  }

  private Address address(String hostAndPort) {
    var colon = hostAndPort.lastIndexOf(':');
    var self = cluster.selfAddress();
    return new Address(
        self.protocol(),
        self.system(),
        hostAndPort.substring(0, colon),
        Integer.parseInt(hostAndPort.substring(colon + 1)));
  }

  /// Host and port at which other nodes reach this one.
  String address() {
    return address(cluster.selfAddress());
  }

  private static String address(Address address) {
    return address.getHost().orElseThrow() + ":" + address.getPort().orElseThrow();
  }

  /// The unique name of this incarnation of the node.
  String self() {
    return name(cluster.selfMember());
  }

  /// The members that this node can reach, each by the name of its incarnation.
  List<String> side() {
    var state = cluster.state();
    return members()
        .filter(member -> !state.getUnreachable().contains(member))
        .map(Membership::name)
        .toList();
  }

  /// Whether this node cannot reach a member that may serve clients.
  boolean hasUnreachable() {
    return StreamSupport.stream(cluster.state().getUnreachable().spliterator(), false)
        .map(Member::status)
        .anyMatch(
            status -> status.equals(MemberStatus.up()) || status.equals(MemberStatus.leaving()));
  }

  /// The name of a contender, in the form that `LeaseRow` derives from a node's row.
  private static String name(Member member) {
    return address(member.address()) + "/" + incarnation(member);
  }

  private Stream<Member> members() {
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false);
  }

  private static long incarnation(Member member) {
    return member.uniqueAddress().longUid();
  }

  long incarnation() {
    return cluster.selfUniqueAddress().longUid();
  }

  public boolean isUp() {
    return !cluster.isTerminated() && cluster.selfMember().status().equals(MemberStatus.up());
  }

  /// The incarnations of all members, as far as this node knows.
  Set<Long> incarnations() {
    return members().map(Membership::incarnation).collect(Collectors.toSet());
  }

  /// The members whose heartbeats this node observes. In a large cluster they are only some of all.
  Set<Long> observed() {
    return members()
        .filter(member -> cluster.failureDetector().isMonitoring(member.address()))
        .map(Membership::incarnation)
        .collect(Collectors.toSet());
  }

  /// Removes an observed member whose process has ended, without waiting until it has been silent
  /// for long enough. The leader removes a member only while an observer reports it as unreachable,
  /// so the failure detector is notified.
  void remove(long incarnation) {
    members()
        .filter(member -> incarnation(member) == incarnation)
        .forEach(dead -> {
          cluster.down(dead.address());
          expectNothingFrom(dead);
        });
  }

  /// Reports the member as unreachable if this node monitors its heartbeats. Does not affect a
  /// later incarnation at the same address.
  void expectNothingFrom(Member member) {
    if (!incarnations().contains(incarnation(member))) return;
    var detectors = (DefaultFailureDetectorRegistry<Address>) cluster.failureDetector();
    if (OptionConverters.toJava(detectors.failureDetector(member.address())).orElse(null)
        instanceof PatientFailureDetector detector) detector.learnDeath();
  }

  boolean isEnding() {
    return cluster.isTerminated()
        || CoordinatedShutdown.get(cluster.system()).getShutdownReason().isPresent();
  }

  /// Ends this node's membership at once, without a graceful leave.
  void end() {
    // Pekko ignores `down` for a node that has not joined
    if (incarnations().contains(incarnation())) cluster.down(cluster.selfAddress());
    else {
      var _ =
          CoordinatedShutdown.get(cluster.system())
              .runAll(CoordinatedShutdown.clusterDowningReason());
    }
  }
}
