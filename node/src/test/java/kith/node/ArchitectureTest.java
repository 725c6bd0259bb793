package kith.node;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import kith.node.platform.serialization.CborSerializable;

/// Which package may know which: the arrows point inwards.
@AnalyzeClasses(packages = "kith", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule roomsKnowNeitherTheEdgeNorSessionsNorAccounts =
      noClasses()
          .that()
          .resideInAPackage("kith.node.room..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("kith.node.http..", "kith.node.session..", "kith.node.account..");

  @ArchTest
  static final ArchRule socketsKnowNobodyButTheirSettings =
      noClasses()
          .that()
          .resideInAPackage("kith.node.socket..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("kith.node..")
                  .and(not(resideInAnyPackage("kith.node.socket..", "kith.node.config.."))));

  @ArchTest
  static final ArchRule figuresKnowNobodyWhoCounts =
      noClasses()
          .that()
          .resideInAPackage("kith.node.metrics..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("kith.node..")
                  .and(not(resideInAnyPackage("kith.node.metrics.."))));

  @ArchTest
  static final ArchRule onlyFiguresKnowTheirLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("kith.node.metrics..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.prometheus..");

  @ArchTest
  static final ArchRule tlsKnowsNobodyButItsSettings =
      noClasses()
          .that()
          .resideInAPackage("kith.node.tls..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("kith.node..")
                  .and(not(resideInAnyPackage("kith.node.tls..", "kith.node.config.."))));

  @ArchTest
  static final ArchRule theJournalKnowsRoomsAndTheDatabase =
      noClasses()
          .that()
          .resideInAPackage("kith.node.journal..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("kith.node..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "kith.node.journal..", "kith.node.room..", "kith.node.database.."))));

  @ArchTest
  static final ArchRule accountsKnowRoomsButNeitherTheEdgeNorSessions =
      noClasses()
          .that()
          .resideInAPackage("kith.node.account..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("kith.node.http..", "kith.node.session..", "kith.node.socket..");

  @ArchTest
  static final ArchRule nobodyKnowsTheEdgeButWhoWiresIt =
      noClasses()
          .that()
          .resideOutsideOfPackages("kith.node.http..", "kith.node")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("kith.node.http..");

  @ArchTest
  static final ArchRule theProtocolIsForClientsToo =
      noClasses()
          .that()
          .resideInAPackage("kith.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..", "kith.node..");

  @ArchTest
  static final ArchRule whatIsKeptOrTravelsIsARecordOrAnEnum =
      classes()
          .that()
          .implement(CborSerializable.class)
          .and()
          .areNotInterfaces()
          .should(new BeARecordOrAnEnum());

  private static final class BeARecordOrAnEnum extends ArchCondition<JavaClass> {
    BeARecordOrAnEnum() {
      super("be a record or an enum");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      var isFine = type.isRecord() || type.isEnum();
      events.add(new SimpleConditionEvent(type, isFine, type.getName()));
    }
  }
}
