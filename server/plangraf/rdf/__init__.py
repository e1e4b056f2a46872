"""RDF basics: conversion to rdflib, canonical N-Quads, and serialization."""
