"""The portal of deans and safeguarding contacts."""
