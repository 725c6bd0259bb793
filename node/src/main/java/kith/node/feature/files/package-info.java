/// Files of messages: uploads in parts, downloads for those who may read the message, and their
/// removal.
@NullMarked
package kith.node.feature.files;

import org.jspecify.annotations.NullMarked;
