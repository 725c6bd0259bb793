/// The objects of an S3.
@NullMarked
package kith.node.platform.objects;

import org.jspecify.annotations.NullMarked;
